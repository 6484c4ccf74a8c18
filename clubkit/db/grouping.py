"""Group commit: while one group of wishes is done, in one transaction, the next one gathers."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

W = TypeVar("W")
A = TypeVar("A")
Do = Callable[[Sequence[W]], Awaitable[Sequence[A | Exception]]]
"""Does some wishes and answers each, in their order: with what it wished for, or with why it is refused."""

_LEAD: Any = object()


@dataclass(slots=True, eq=False)
class _Seat(Generic[W]):
    wish: W
    heard: "asyncio.Future[Any]"


class Groups(Generic[W, A]):
    """Whoever finds nobody at work does at once what she wishes; who comes meanwhile waits and goes with the others.

    So it costs a lone wish no time, and a crowd one transaction at a time. Wishes are done in the order in which they
    came. One of those who wish leads: the work is done in her task, and no other outlives them.
    """

    def __init__(self, do: Do[W, A], *, most: int) -> None:
        """most: how many go together."""
        self._do = do
        self._most = most
        self._waiting: deque[_Seat[W]] = deque()
        self._at_work = False

    async def ask(self, wish: W) -> A:
        """Raises what `do` answers for it. Who is cancelled may have been done already, and else is not done.

        `do` must bear to be asked again for the others' wishes: it is when who leads is cancelled.
        """
        seat = _Seat(wish, asyncio.get_running_loop().create_future())
        self._waiting.append(seat)
        answer = _LEAD
        if self._at_work:
            answer = await self._hear(seat)
        if answer is _LEAD:
            answer = await self._lead()
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[no-any-return]

    async def _hear(self, seat: _Seat[W]) -> Any:
        try:
            return await seat.heard
        except asyncio.CancelledError:
            if seat in self._waiting:
                self._waiting.remove(seat)
            if seat.heard.done() and not seat.heard.cancelled() and seat.heard.result() is _LEAD:
                self._pass_on()  # her turn came together with the cancellation
            raise

    async def _lead(self) -> A | Exception:
        """Hers is the first of those that wait. Answers her; tells the others."""
        self._at_work = True
        group = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        others = group[1:]
        try:
            answers = await self._all(group)
        except BaseException:
            self._waiting.extendleft(each for each in reversed(others) if not each.heard.done())
            raise
        else:
            for each, answer in zip(others, answers[1:], strict=True):
                if not each.heard.done():
                    each.heard.set_result(answer)
            return answers[0]
        finally:
            self._pass_on()

    async def _all(self, group: Sequence[_Seat[W]]) -> Sequence[A | Exception]:
        try:
            return await self._do([each.wish for each in group])
        except Exception as failure:  # noqa: BLE001  each of them raises it
            return [failure] * len(group)

    def _pass_on(self) -> None:
        """To the next one that waits. Where there is one, nobody else begins before her."""
        while self._waiting:
            if not self._waiting[0].heard.done():
                self._waiting[0].heard.set_result(_LEAD)
                return
            self._waiting.popleft()  # she was cancelled
        self._at_work = False
