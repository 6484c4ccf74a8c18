"""Questions that come in the same moment, asked as one: a crowd that comes back at once is looked up at once."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextvars import Context
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
Find = Callable[[Collection[K]], Awaitable[Mapping[K, V]]]
"""Answers for each of these keys."""

MOST_ASKERS = 200
"""In one question; further ones are in the next."""


class Together(Generic[K, V]):
    """One look-up at a time; who asks meanwhile is in the next. Nothing is kept: no answer is older than its asking."""

    def __init__(self, find: Find[K, V]) -> None:
        self._find = find
        self._waiting: list[tuple[Collection[K], asyncio.Future[Mapping[K, V]]]] = []
        self._looking: asyncio.Task[None] | None = None

    async def ask(self, keys: Collection[K]) -> Mapping[K, V]:
        """The answers for these keys, and perhaps for others. Raises what the look-up raised."""
        answer: asyncio.Future[Mapping[K, V]] = asyncio.get_running_loop().create_future()
        self._waiting.append((keys, answer))
        if self._looking is None:
            # Not a part of what the first asker does: it goes on for the others when she is gone.
            self._looking = asyncio.create_task(self._look(), context=Context())
        return await answer

    async def _look(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting[:MOST_ASKERS], self._waiting[MOST_ASKERS:]
                await self._answer([each for each in asked if not each[1].done()])
        finally:
            self._looking = None
            for _, unanswered in self._waiting:
                unanswered.cancel()
            self._waiting = []

    async def _answer(self, asked: list[tuple[Collection[K], asyncio.Future[Mapping[K, V]]]]) -> None:
        answers = [answer for _, answer in asked]
        try:
            found = await self._find({key for keys, _ in asked for key in keys})
        except Exception as failure:  # noqa: BLE001  theirs who asked
            for answer in answers:
                if not answer.done():
                    answer.set_exception(failure)
        except BaseException:
            for answer in answers:
                answer.cancel()
            raise
        else:
            for answer in answers:
                if not answer.done():
                    answer.set_result(found)
