"""What is known of a member at the moment of ranking."""

from dataclasses import dataclass

from recommender.catalogue.schemas import Place

REJECTED = -1.0
"""An action of this weight or less (hide, report) says that the club was not meant either."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing she did. weight: what it says about liking; at: seconds, UTC.

    A "no" to an event has a weight of 0 or a little below: she can not come, yet she knows the club.
    """

    row: int
    weight: float
    at: float

    @property
    def liking(self) -> float:
        return max(self.weight, 0.0)

    @property
    def familiar(self) -> bool:
        return self.weight > REJECTED


@dataclass(frozen=True, slots=True)
class Profile:
    """actions: oldest first, at most the last hundred; clubs: indices of the clubs she belongs to;

    settled: rows that need not be offered again (answered, hidden, picked, seen to the end);
    company: (row, how many of her clubmates go).
    """

    actions: tuple[Action, ...] = ()
    clubs: frozenset[int] = frozenset()
    place: Place | None = None
    settled: tuple[int, ...] = ()
    company: tuple[tuple[int, int], ...] = ()

    @property
    def is_new(self) -> bool:
        """She did nothing yet."""
        return not self.actions
