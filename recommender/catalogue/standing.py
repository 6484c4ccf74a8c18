"""The part of a catalogue that can still be shown, packed together: what is over costs nothing any more."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Doubles, Floats, Ints, Mask, Rows

STALE = 0.125
"""Once so large a part of what stood is over, it is packed anew."""


@dataclass(frozen=True)
class Standing:
    """Copies of the columns for the n rows that live and had not begun at `since`, as of one catalogue version.

    Places below are places in these copies, 0 to n - 1, in the order of rows.
    """

    catalogue: Catalogue
    version: int
    since: float
    rows: Rows
    public: Mask
    club: Ints
    starts_at: Doubles
    created_at: Doubles
    theme: Ints
    spot: Ints
    directions: Floats
    sequence: Floats

    @property
    def size(self) -> int:
        return len(self.rows)

    @cached_property
    def places(self) -> Rows:
        """(catalogue size,) the place of each row, -1 for what is over."""
        places = np.full(self.catalogue.size, -1, np.intp)
        places[self.rows] = np.arange(self.size)
        return places

    @cached_property
    def by_club(self) -> Rows:
        """(n,) all places, club by club and within a club by start."""
        return np.lexsort((self.starts_at, self.club))

    @cached_property
    def club_ends(self) -> Rows:
        """Where each club's part of `by_club` ends; a part begins where the one before ends."""
        return np.cumsum(np.bincount(self.club, minlength=self.catalogue.clubs))

    @cached_property
    def members_only(self) -> Rows:
        """Places of what only members of a club may see."""
        return np.flatnonzero(~self.public)

    def of_clubs(self, clubs: Rows) -> tuple[Rows, Rows]:
        """Places of the items of these clubs, club by club and by start, and how many each club has."""
        clubs = clubs[clubs < len(self.club_ends)]
        ends = self.club_ends[clubs]
        counts = ends - np.where(clubs > 0, self.club_ends[clubs - 1], 0)
        within = np.arange(int(counts.sum())) + np.repeat(ends - np.cumsum(counts), counts)
        return self.by_club[within], counts

    def is_current(self, now: float) -> bool:
        """Whether nothing changed, and not too much of it is over."""
        if self.version != self.catalogue.version or now < self.since:
            return False
        return float((self.starts_at <= now).mean()) <= STALE if self.size else True


def standing_of(catalogue: Catalogue, now: float) -> Standing:
    """now: seconds, UTC."""
    rows = np.flatnonzero(catalogue.alive & (catalogue.starts_at > now))
    return Standing(
        catalogue, catalogue.version, now, rows,
        public=catalogue.public[rows], club=catalogue.club[rows], starts_at=catalogue.starts_at[rows],
        created_at=catalogue.created_at[rows], theme=catalogue.theme[rows], spot=catalogue.spot[rows],
        directions=catalogue.directions[rows], sequence=catalogue.sequence[rows],
    )  # fmt: skip
