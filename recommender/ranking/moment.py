"""What is the same for everybody at one moment: which items stand open, and the features that ask for no member."""

from functools import cached_property

import numpy as np

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Floats, Mask, Rows
from recommender.catalogue.standing import Standing, standing_of
from recommender.retrieval.decay import DecayedCounts
from recommender.retrieval.nearby import hours_until
from recommender.retrieval.trends import Trends


class Moment:
    """One second, as long as nothing happens in it. Values are as of the second's beginning, so that all share them."""

    def __init__(self, standing: Standing, trends: Trends, now: float) -> None:
        self.standing = standing
        self.trends = trends
        self.now = now
        self.second = float(np.floor(now))
        self.bases: dict[int, Floats] = {}
        """By segment of the blend: what these features add up to."""
        self._trends_version = trends.version

    def holds(self, catalogue: Catalogue, now: float) -> bool:
        """Whether it is still this moment at `now`."""
        return (
            self.standing.version == catalogue.version
            and self._trends_version == self.trends.version
            and self.second == np.floor(now)
            and self.now <= now < self.until
        )

    @cached_property
    def begun(self) -> Mask:
        """(n,) of what stands: has begun by now."""
        return self.standing.starts_at <= self.now

    @cached_property
    def until(self) -> float:
        """When the next item begins."""
        return float(self.standing.starts_at[~self.begun].min(initial=np.inf))

    @cached_property
    def eligible(self) -> Mask:
        """(n,) what somebody without clubs and past may be shown."""
        return self.standing.public & ~self.begun

    @cached_property
    def up_next(self) -> Floats:
        """1 for a club's next item for everybody, falling off for later ones."""
        order = self.standing.by_club
        counts = np.bincount(self.standing.club, minlength=1)
        values = np.empty(self.standing.size, np.float32)
        values[order] = falling(self.eligible[order], counts)
        return values

    @cached_property
    def soon(self) -> Floats:
        hours = hours_until(self.standing.starts_at, self.second)
        return np.float32(48.0) / (np.float32(48.0) + hours)

    @cached_property
    def fresh(self) -> Floats:
        age = np.asarray(self.second - self.standing.created_at, np.float32)
        value = np.float32(72 * 3600) / (np.float32(72 * 3600) + np.maximum(age, np.float32(0)))
        return np.where(np.isnan(value), np.float32(0), value)

    @cached_property
    def alive(self) -> Floats:
        ever = self.trends.ever.read(self.second, self.standing.catalogue.size)
        return np.asarray(ever[self.standing.rows] > 0, np.float32)

    @cached_property
    def now_count(self) -> Floats:
        """(n,) log(1 + count), as the other counts."""
        return self._logs(self.trends.now)

    @cached_property
    def hot(self) -> Floats:
        return self._logs(self.trends.hot)

    @cached_property
    def week(self) -> Floats:
        return self._logs(self.trends.week)

    @cached_property
    def ever(self) -> Floats:
        return self._logs(self.trends.ever)

    def _logs(self, counts: DecayedCounts) -> Floats:
        return counts.logs(self.second, self.standing.catalogue.size)[self.standing.rows]


class Moments:
    """The newest moment of one catalogue, made when it is asked for."""

    def __init__(self, catalogue: Catalogue, trends: Trends) -> None:
        self._catalogue = catalogue
        self._trends = trends
        self._standing: Standing | None = None
        self._moment: Moment | None = None

    def at(self, now: float) -> Moment:
        if self._moment is None or not self._moment.holds(self._catalogue, now):
            if self._standing is None or not self._standing.is_current(now):
                self._standing = standing_of(self._catalogue, now)
            self._moment = Moment(self._standing, self._trends, now)
        return self._moment


def falling(eligible: Mask, counts: Rows) -> Floats:
    """(n,) 1 for the first eligible one of each part, ½ for the second, and so on.

    eligible: (n,) part after part, each by start; counts: how long each part is.
    """
    counted = np.cumsum(eligible)
    before = np.r_[0, counted][np.cumsum(counts) - counts]
    places = counted - 1 - np.repeat(before, counts)
    return np.asarray(1.0 / (1.0 + np.maximum(places, 0)), np.float32)
