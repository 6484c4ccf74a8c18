"""What is worth telling only as it is now: at most once in a while per topic, the last value of each key."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger("socket")

GRAIN = 0.05
"""Rests that end within so long of each other end together: with thousands of topics, a timer for each is felt."""

V = TypeVar("V")
Tell = Callable[[str, Mapping[str, V]], Awaitable[None]]


class LastWins(Generic[V]):
    """The first value of a quiet topic is told at once; what follows within `every` seconds is told at their end."""

    def __init__(self, tell: Tell[V], *, every: float = 1.0) -> None:
        self._tell = tell
        self._every = every
        self._waiting: dict[str, dict[str, V]] = {}
        self._resting: OrderedDict[str, float] = OrderedDict()
        """Topics, by when their rest ends: the next one first."""
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, topic: str, key: str, value: V) -> None:
        self._waiting.setdefault(topic, {})[key] = value
        if topic not in self._resting:
            self._say(topic)
            self._set_timer()

    def close(self) -> None:
        """What was not told by now is worth nothing."""
        if self._timer is not None:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()

    def _say(self, topic: str) -> None:
        self._resting[topic] = asyncio.get_running_loop().time() + self._every
        task = asyncio.ensure_future(self._tell(topic, self._waiting.pop(topic)))
        self._tasks.add(task)
        task.add_done_callback(self._told)

    def _set_timer(self) -> None:
        if self._timer is None and self._resting:
            loop = asyncio.get_running_loop()
            first = next(iter(self._resting.values()))
            self._timer = loop.call_at(max(first, loop.time() + min(GRAIN, self._every)), self._end_rests)

    def _end_rests(self) -> None:
        self._timer = None
        now = asyncio.get_running_loop().time()
        while self._resting:
            topic, until = next(iter(self._resting.items()))
            if until > now:
                break
            del self._resting[topic]
            if topic in self._waiting:
                self._say(topic)
        self._set_timer()

    def _told(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (failure := task.exception()):
            log.warning("a hint was not told", error=repr(failure))
