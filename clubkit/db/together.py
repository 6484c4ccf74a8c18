"""Questions that come in the same moment, asked in one transaction: a crowd that comes back is looked up at once."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from contextvars import Context
from typing import Any, Generic, NamedTuple, TypeVar

W = TypeVar("W")
K = TypeVar("K")
V = TypeVar("V")
Find = Callable[[W, Collection[K]], Awaitable[Mapping[K, V]]]
"""Answers for each of these keys."""

GATHER_SECONDS = 0.02
"""From one look-up to the next. Who asks when nobody did for so long does not wait."""
SHARE = 5
LONGEST_GATHER = 0.1
"""Where look-ups take long they are made less often: for a fifth of the time, but ten times a second."""
MOST_ASKERS = 200
"""In one look-up; further ones are in the next."""


class _Asked(NamedTuple):
    find: Any
    keys: Collection[Any]
    answer: "asyncio.Future[Any]"


class Together(Generic[W]):
    """One look-up at a time; who asks meanwhile is in the next. Nothing is kept: no answer is older than its asking."""

    def __init__(self, reading: Callable[[], AbstractAsyncContextManager[W]]) -> None:
        self._reading = reading
        self._waiting: list[_Asked] = []
        self._looking: asyncio.Task[None] | None = None
        self._next = 0.0

    async def ask(self, find: Find[W, K, V], keys: Collection[K]) -> Mapping[K, V]:
        """The answers for these keys, and perhaps for others. Raises what the look-up raised."""
        answer: asyncio.Future[Mapping[K, V]] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Asked(find, keys, answer))
        if self._looking is None:
            # Not a part of what the first asker does: it goes on for the others when she is gone.
            self._looking = asyncio.create_task(self._look(), context=Context())
        return await answer

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        asked: Sequence[_Asked] = ()
        try:
            while self._waiting:
                await asyncio.sleep(self._next - loop.time())
                began = loop.time()
                self._next = began + GATHER_SECONDS
                asked, self._waiting = self._waiting[:MOST_ASKERS], self._waiting[MOST_ASKERS:]
                await self._answer([each for each in asked if not each.answer.done()])
                self._next = began + min(max(GATHER_SECONDS, SHARE * (loop.time() - began)), LONGEST_GATHER)
        finally:
            self._looking = None
            for each in (*asked, *self._waiting):
                each.answer.cancel()  # those that were answered take no notice
            self._waiting = []

    async def _answer(self, asked: Sequence[_Asked]) -> None:
        wanted: dict[Any, set[Any]] = {}
        for each in asked:
            wanted.setdefault(each.find, set()).update(each.keys)
        try:
            async with self._reading() as work:
                found = {find: await find(work, keys) for find, keys in wanted.items()}
        except Exception as failure:  # noqa: BLE001  theirs who asked
            for each in asked:
                if not each.answer.done():
                    each.answer.set_exception(failure)
            return
        for each in asked:
            if not each.answer.done():
                each.answer.set_result(found[each.find])
