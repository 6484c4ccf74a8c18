"""What everybody does right now: counts and transitions that move with each action, no training needed."""

from collections.abc import Sequence

from recommender.retrieval.decay import DecayedCounts
from recommender.retrieval.transitions import Transitions

HOUR = 3600.0
DAY = 24 * HOUR
STEPS_BACK = 5


class Trends:
    """The online state of one kind. `observe` is the only writer; the caller keeps actions in log order."""

    def __init__(self) -> None:
        self.version = 0
        """Rises with every action that counts."""
        self.now = DecayedCounts(HOUR / 2)
        self.hot = DecayedCounts(6 * HOUR)
        self.week = DecayedCounts(3 * DAY)
        self.ever = DecayedCounts(10_000 * DAY)
        self.club_hot = DecayedCounts(6 * HOUR)
        self.club_week = DecayedCounts(7 * DAY)
        self.next_item = Transitions(30 * DAY)
        self.next_club = Transitions(90 * DAY)

    def observe(self, row: int, club: int, at: float, *, weight: float, before: Sequence[tuple[int, int]] = ()) -> None:
        """A member did something to `row` of `club`; `before` are her last (row, club), newest first."""
        if weight <= 0:
            return
        self.version += 1
        for counts in (self.now, self.hot, self.week, self.ever):
            counts.add(row, at, weight)
        self.club_hot.add(club, at, weight)
        self.club_week.add(club, at, weight)
        for step, (past_row, past_club) in enumerate(before[:STEPS_BACK]):
            self.next_item.add(past_row, row, at, weight / (1 + step))
            # People answer two events in either order, so half of the evidence goes back.
            self.next_item.add(row, past_row, at, 0.5 * weight / (1 + step))
            if past_club != club:
                self.next_club.add(past_club, club, at, weight / (1 + step))
