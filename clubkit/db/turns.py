"""One writer at a time, in two lines: who can wait lets others go first, though not for ever."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LONGEST_WAIT = 0.5
"""Seconds after which a patient writer's turn comes before any other's."""

Line = deque[tuple[float, "asyncio.Future[None]"]]


class Turns:
    """A lock. Within a line turns go in the order they were asked for."""

    def __init__(self) -> None:
        self._taken = False
        self._hurried: Line = deque()
        self._patient: Line = deque()

    @asynccontextmanager
    async def turn(self, *, patient: bool = False) -> AsyncIterator[None]:
        await self._wait(self._patient if patient else self._hurried)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, line: Line) -> None:
        if not self._taken:
            self._taken = True
            return
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        line.append((loop.time(), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()  # the turn came together with the cancellation
            raise

    def _pass_on(self) -> None:
        while line := self._next_line():
            _, turn = line.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False

    def _next_line(self) -> Line | None:
        if self._patient and self._hurried:
            since = self._patient[0][0]
            overdue = asyncio.get_running_loop().time() - since > LONGEST_WAIT
            return self._patient if overdue else self._hurried
        return self._hurried or self._patient or None
