"""What the tortured processes cost, over all their lives: kill -9 must not make them look cheap."""

import contextlib
from collections.abc import Iterable

import psutil


class Meter:
    """Looks at process trees now and then; what one spent after its last look is not counted."""

    def __init__(self) -> None:
        self._spent: dict[tuple[int, float], float] = {}
        self._before = 0.0

    def look(self, pids: Iterable[int]) -> None:
        for pid in pids:
            with contextlib.suppress(psutil.Error):
                root = psutil.Process(pid)
                for process in (root, *root.children(recursive=True)):
                    self._look(process)

    def begin(self, pids: Iterable[int]) -> None:
        """What was spent until now, for starting, is not counted."""
        self.look(pids)
        self._before = self.cpu_seconds

    @property
    def cpu_seconds(self) -> float:
        return sum(self._spent.values()) - self._before

    def _look(self, process: psutil.Process) -> None:
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            self._spent[process.pid, process.create_time()] = times.user + times.system
