"""How messages get into transactions: those that come at the same time go together, each with an answer of its own."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from zlib import crc32

import structlog

from chat_service.messages.schemas import Receipt, SendMessage
from chat_service.messages.sending_together import Answer, Sending, send_together
from chat_service.messages.store import Written
from chat_service.settings import WriteRates
from clubkit.cache.limits import Limits
from clubkit.db.errors import Collided
from clubkit.db.grouping import Groups
from clubkit.db.work import UnitOfWork, Works
from clubkit.errors import Outcome, StorageFull, Unavailable
from clubkit.identity import Caller
from clubkit.observability.tracing import carried
from clubkit.ports import Ports

log = structlog.get_logger("sends")

MOST = 64
"""Messages in one transaction."""
LANES = 2
"""Groups at a time where the database has several writers: a room that another process holds keeps but some waiting."""

Alone = Callable[[UnitOfWork, Caller, SendMessage], Awaitable[Receipt]]


class Sends:
    """One per process. What is sent to a room is done in the order in which it came.

    alone: how a message is sent by itself, whatever it is.
    """

    def __init__(self, ports: Ports, alone: Alone) -> None:
        self._ports = ports
        self._works = ports[Works]
        self._alone = alone
        lanes = 1 if self._works.database.is_sqlite else LANES
        self._lanes: list[Groups[Sending, Receipt]] = [Groups(self._do, most=MOST) for _ in range(lanes)]

    async def send(self, sender: Caller, send: SendMessage) -> Receipt:
        """Answers once it is committed. Raises TooMany, and what `alone` raises."""
        lane = self._lanes[crc32(send.room.encode()) % len(self._lanes)]
        return await lane.ask(Sending(sender, send, carried()))

    async def _do(self, sendings: Sequence[Sending]) -> Sequence[Receipt | Exception]:
        who = [f"{each.sender.member_id}:{each.send.room}" for each in sendings]
        refusals = await self._ports[Limits].spend_all("message.send", who, self._ports[WriteRates].sends)
        passed = [each for each, refusal in zip(sendings, refusals, strict=True) if not refusal]
        answers: list[Receipt | Exception] = []
        for run in _runs(passed):
            answers += await self._together(run) if run[0].is_plain else [await self._by_itself(run[0])]
        given = iter(answers)
        return [refusal or next(given) for refusal in refusals]

    async def _together(self, run: Sequence[Sending]) -> list[Receipt | Exception]:
        try:
            async with self._works.open() as work:
                answers: list[Answer] = await send_together(work, run)
        except Exception as failure:  # noqa: BLE001  each is told, or finds out by itself
            if _is_for_all(failure):
                return [failure] * len(run)
            if not isinstance(failure, Outcome):
                log.warning("messages that came together are sent one by one", count=len(run), error=repr(failure))
            answers = [None] * len(run)
        return [answer or await self._by_itself(each) for each, answer in zip(run, answers, strict=True)]

    async def _by_itself(self, sending: Sending) -> Receipt | Exception:
        try:
            async with self._works.open() as work:
                return await self._alone(work, sending.sender, sending.send)
        except Exception as failure:  # noqa: BLE001  she raises it
            return failure


def _is_for_all(failure: Exception) -> bool:
    """Whether it says nothing of any one of them: nothing can be stored just now."""
    return isinstance(failure, Unavailable | StorageFull) and not isinstance(failure, Collided)


def _runs(sendings: Sequence[Sending]) -> Iterator[list[Sending]]:
    """In their order: as many plain ones as follow each other, no write twice in a run; each other one by itself."""
    run: list[Sending] = []
    keys: set[Written] = set()
    for each in sendings:
        if run and not (each.is_plain and run[0].is_plain and each.key not in keys):
            yield run
            run, keys = [], set()
        run.append(each)
        keys.add(each.key)
    if run:
        yield run
