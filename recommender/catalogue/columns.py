"""Arrays that grow by doubling, so that adding a row is O(1) on average and reading is a view."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt


class Columns:
    """Named arrays of equal length. `spec` maps a name to (dtype, width, fill); width 0 means one-dimensional."""

    def __init__(self, spec: Mapping[str, tuple[npt.DTypeLike, int, float]]) -> None:
        self.size = 0
        self._spec = dict(spec)
        self._arrays = {name: self._new(name, 64) for name in self._spec}

    def add(self) -> int:
        """A new row holding the fill values."""
        if self.size == self._capacity:
            self._grow(2 * self._capacity)
        self.size += 1
        return self.size - 1

    def __getitem__(self, name: str) -> npt.NDArray[np.generic]:
        return self._arrays[name][: self.size]

    @property
    def _capacity(self) -> int:
        return len(next(iter(self._arrays.values())))

    def _new(self, name: str, capacity: int) -> npt.NDArray[np.generic]:
        dtype, width, fill = self._spec[name]
        return np.full((capacity, width) if width else capacity, fill, dtype)

    def _grow(self, capacity: int) -> None:
        for name, old in self._arrays.items():
            new = self._new(name, capacity)
            new[: self.size] = old[: self.size]
            self._arrays[name] = new
