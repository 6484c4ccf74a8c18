"""Counters that fade. Forward decay: a count is stored as if seen from a fixed landmark, so fading costs one factor.

Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009.
"""

import numpy as np

from recommender.catalogue.schemas import Doubles, Floats

REBASE_AFTER = 500.0  # half-lives; 2**500 is far from overflow and 2**-500 far from what anybody counts


class Landmark:
    """The moment from which growth is counted, for one half-life in seconds."""

    def __init__(self, half_life: float) -> None:
        self.half_life = half_life
        self.at: float | None = None

    def growth(self, now: float) -> float:
        """How much heavier an action of `now` weighs than one of the landmark."""
        if self.at is None:
            self.at = now
        return float(2.0 ** min((now - self.at) / self.half_life, 1000.0))

    def is_old(self, now: float) -> bool:
        return self.at is not None and now - self.at > REBASE_AFTER * self.half_life


class DecayedCounts:
    """One fading count per row. Late actions are welcome: they enter at the weight that they would have by now."""

    def __init__(self, half_life: float) -> None:
        self._landmark = Landmark(half_life)
        self._values = np.zeros(64)
        self._logs: Floats = np.zeros(0, np.float32)
        self._logs_at: tuple[float, int] | None = None

    def add(self, row: int, now: float, weight: float = 1.0) -> None:
        self.reserve(row + 1)
        if self._landmark.is_old(now):
            self._rebase(now)
        self._values[row] += weight * self._landmark.growth(now)
        self._logs_at = None

    def read(self, now: float, size: int) -> Doubles:
        """(size,) the counts as they stand at `now`."""
        self.reserve(size)
        return np.asarray(self._values[:size] / self._landmark.growth(now))

    def at(self, row: int, now: float) -> float:
        """One count as it stands at `now`."""
        return float(self._values[row] / self._landmark.growth(now)) if row < len(self._values) else 0.0

    def logs(self, now: float, size: int) -> Floats:
        """(size,) log(1 + count) as of the whole second of `now`: kept until a count changes or the second is over."""
        at = (float(np.floor(now)), size)
        if self._logs_at != at:
            self._logs = np.log1p(np.asarray(self.read(at[0], size), np.float32))
            self._logs.flags.writeable = False
            self._logs_at = at
        return self._logs

    def reserve(self, size: int) -> None:
        if size > len(self._values):
            self._values = np.concatenate([self._values, np.zeros(max(size, len(self._values)))])

    def _rebase(self, now: float) -> None:
        self._values /= self._landmark.growth(now)
        self._landmark.at = now
