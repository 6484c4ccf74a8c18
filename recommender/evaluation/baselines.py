"""Simple orders that a model has to beat, under the same protocol."""

from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np

from recommender.catalogue.schemas import Doubles
from recommender.evaluation.corpus import Corpus, Interaction

Places = list[int | None]
Rank = Callable[["Simple", Interaction], Doubles]


class Simple:
    """Counts of what happened so far: likings per item, and each member's likings per club."""

    def __init__(self, corpus: Corpus) -> None:
        self.row_of = {item.id: row for row, item in enumerate(corpus.items)}
        clubs = {club: index for index, club in enumerate(sorted({item.club_id for item in corpus.items}))}
        self.club = np.asarray([clubs[item.club_id] for item in corpus.items], np.intp)
        self.starts_at = np.asarray([item.starts_at.timestamp() if item.starts_at else np.inf for item in corpus.items])
        self.likes = np.zeros(len(corpus.items))
        self.clubs: dict[str, Counter[int]] = defaultdict(Counter)
        self.settled: dict[str, set[int]] = defaultdict(set)

    def observe(self, one: Interaction, *, profile: bool = True) -> None:
        row = self.row_of[one.item_id]
        self.likes[row] += one.weight == 1.0
        if profile:
            self.settled[one.member].add(row)
            if one.weight > 0:
                self.clubs[one.member][int(self.club[row])] += 1

    def place(self, one: Interaction, scores: Doubles) -> int:
        """Place of the choice among upcoming, unsettled items; ties count as half above, half below."""
        eligible = self.starts_at > one.at
        row = self.row_of[one.item_id]
        eligible[[settled for settled in self.settled.get(one.member, ()) if settled != row]] = False
        rivals = scores[eligible]
        above = int((rivals > scores[row]).sum())
        return above + (int((rivals == scores[row]).sum()) - 1) // 2


def popular(world: Simple, one: Interaction) -> Doubles:
    """Most likings so far."""
    return world.likes


def past_groups_soonest(world: Simple, one: Interaction) -> Doubles:
    """The clubs she went to most, within them what starts soonest."""
    weights = np.zeros(int(world.club.max()) + 1)
    for club, count in world.clubs.get(one.member, {}).items():
        weights[club] = count
    return np.asarray(weights[world.club] * 1e10 - (world.starts_at - one.at))


def soonest(world: Simple, one: Interaction) -> Doubles:
    return -world.starts_at


def chance(world: Simple, one: Interaction) -> Doubles:
    """A fixed shuffle."""
    return np.random.default_rng(int(one.at)).permutation(len(world.likes)).astype(np.float64)


def play(corpus: Corpus, share: float, rank: Rank, *, live: bool = True) -> tuple[Places, list[str]]:
    """Places of every full liking after the first `share` of interactions. live: profiles go on learning."""
    world = Simple(corpus)
    cut = int(len(corpus.interactions) * share)
    places: Places = []
    members: list[str] = []
    for number, one in enumerate(corpus.interactions):
        if number >= cut and one.weight == 1.0:
            places.append(world.place(one, rank(world, one)))
            members.append(one.member)
        world.observe(one, profile=live or number < cut)
    return places, members
