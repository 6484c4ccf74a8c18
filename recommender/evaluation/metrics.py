"""How good a list was, given the one thing that she then chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from recommender.catalogue.schemas import Doubles


@dataclass(frozen=True, slots=True)
class Quality:
    """hit: share of lists holding the choice among the first ten; ndcg: the same, discounted by place; n: lists.

    low, high: a 95 % bootstrap interval of hit, resampled by member.
    """

    hit: float
    ndcg: float
    n: int
    low: float
    high: float


def gain(place: int | None, *, cut: int = 10) -> float:
    """NDCG of one relevant item at `place` (0 is the top), None when it is not on the list."""
    return 1.0 / log2(place + 2) if place is not None and place < cut else 0.0


def quality(places: Sequence[int | None], members: Sequence[str], *, cut: int = 10, seed: int = 0) -> Quality:
    """Mean over lists; empty input gives zeros."""
    if not places:
        return Quality(0.0, 0.0, 0, 0.0, 0.0)
    hits = np.asarray([place is not None and place < cut for place in places], np.float64)
    low, high = _interval(hits, members, seed)
    ndcg = float(np.mean([gain(place, cut=cut) for place in places]))
    return Quality(float(hits.mean()), ndcg, len(places), low, high)


def _interval(hits: Doubles, members: Sequence[str], seed: int) -> tuple[float, float]:
    """One member's lists rise and fall together, so whole members are drawn."""
    _, owner = np.unique(np.asarray(members), return_inverse=True)
    sums, counts = np.bincount(owner, hits), np.bincount(owner)
    drawn = np.random.default_rng(seed).integers(0, len(sums), (400, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
