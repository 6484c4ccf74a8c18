"""What came next: fading counts from one row to the next, learned online."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from recommender.catalogue.schemas import Doubles
from recommender.retrieval.decay import Landmark

SHRINK = 3.0  # a single follower out of one should not count as certainty


class Transitions:
    """Counts of `after` following `before`, with a half-life in seconds. Memory is linear in distinct pairs."""

    def __init__(self, half_life: float) -> None:
        self._landmark = Landmark(half_life)
        self._next: dict[int, dict[int, float]] = defaultdict(dict)
        self._total: dict[int, float] = defaultdict(float)

    def add(self, before: int, after: int, now: float, weight: float = 1.0) -> None:
        if self._landmark.is_old(now):
            self._rebase(now)
        grown = weight * self._landmark.growth(now)
        followers = self._next[before]
        followers[after] = followers.get(after, 0.0) + grown
        self._total[before] += grown

    def following(self, recent: Iterable[tuple[int, float]], now: float, size: int) -> Doubles:
        """(size,) Σ weight × P(row | before), shrunk towards zero where little was seen.

        recent: pairs of (before, weight).
        """
        scores = np.zeros(size)
        shrink = SHRINK * self._landmark.growth(now)
        for before, weight in recent:
            followers = self._next.get(before)
            if followers:
                rows = np.fromiter(followers.keys(), np.intp, len(followers))
                counts = np.fromiter(followers.values(), np.float64, len(followers))
                scores[rows] += counts * (weight / (self._total[before] + shrink))
        return scores

    def share(self, before: int, after: int, now: float) -> float:
        """The part of `following` that one past action gives."""
        count = self._next.get(before, {}).get(after, 0.0)
        return count / (self._total[before] + SHRINK * self._landmark.growth(now)) if count else 0.0

    def _rebase(self, now: float) -> None:
        grown = self._landmark.growth(now)
        for before, followers in self._next.items():
            self._next[before] = {row: count / grown for row, count in followers.items()}
            self._total[before] /= grown
        self._landmark.at = now
