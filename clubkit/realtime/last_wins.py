"""What is worth telling only as it is now: at most once in a while per topic, the last value of each key."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger("socket")

V = TypeVar("V")
Tell = Callable[[str, Mapping[str, V]], Awaitable[None]]


class LastWins(Generic[V]):
    """The first value of a quiet topic is told at once; what follows within `every` seconds is told at their end."""

    def __init__(self, tell: Tell[V], *, every: float = 1.0) -> None:
        self._tell = tell
        self._every = every
        self._waiting: dict[str, dict[str, V]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, topic: str, key: str, value: V) -> None:
        self._waiting.setdefault(topic, {})[key] = value
        if topic not in self._timers:
            self._due(topic)

    def close(self) -> None:
        """What was not told by now is worth nothing."""
        for timer in self._timers.values():
            timer.cancel()
        for task in self._tasks:
            task.cancel()

    def _due(self, topic: str) -> None:
        self._timers.pop(topic, None)
        values = self._waiting.pop(topic, None)
        if values is None:
            return
        self._timers[topic] = asyncio.get_running_loop().call_later(self._every, self._due, topic)
        task = asyncio.ensure_future(self._tell(topic, values))
        self._tasks.add(task)
        task.add_done_callback(self._told)

    def _told(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (failure := task.exception()):
            log.warning("a hint was not told", error=repr(failure))
