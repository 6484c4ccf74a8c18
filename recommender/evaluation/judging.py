"""Ranking before each choice, and looking where the choice stood. Calls the engine that serves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from recommender.evaluation.corpus import Interaction
from recommender.evaluation.metrics import Quality, quality
from recommender.evaluation.replay import Replay
from recommender.ranking.engine import Policy

RELEVANCE = Policy(per_club=None, explore=False)
"""Nothing but the score: no cap, no draw."""


@dataclass(frozen=True, slots=True)
class Rules:
    """wanted: the least weight of a choice that is judged; profile, trends: whether these go on learning meanwhile."""

    policy: Policy = RELEVANCE
    wanted: float = 1e-9
    profile: bool = True
    trends: bool = True
    limit: int = 10


def judge(
    replay: Replay, future: Iterable[Interaction], rules: Rules | None = None, *, seed: int = 0
) -> Mapping[str, Quality]:
    """Quality for "all" choices, and apart for members who were "new" or "known" at that moment."""
    rules = rules or Rules()
    rng = np.random.default_rng(seed)
    places: dict[str, list[int | None]] = defaultdict(list)
    members: dict[str, list[str]] = defaultdict(list)
    for one in future:
        if one.weight >= rules.wanted:
            segment, place = _place(replay, one, rules, rng)
            for group in ("all", segment):
                places[group].append(place)
                members[group].append(one.member)
        replay.observe(one, profile=rules.profile, trends=rules.trends)
    return {group: quality(places[group], members[group]) for group in ("all", "new", "known")}


def _place(replay: Replay, one: Interaction, rules: Rules, rng: np.random.Generator) -> tuple[str, int | None]:
    profile = replay.profile(one.member)
    ranked = replay.engine.rank(profile, now=one.at, limit=rules.limit, rng=rng, policy=rules.policy)
    place = next((place for place, item in enumerate(ranked) if item.item_id == one.item_id), None)
    return ("new" if profile.is_new else "known"), place
