"""A read model made anew from the log: its group's own handlers run over the history, on copies, then the two change.

Exactly the facts that the group has taken are replayed, no more: what the group has yet to take it will take
afterwards, on the new model. So the new one must equal the old, and where it does not, the old one was wrong.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog
from sqlalchemy import String, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from clubkit.contracts.base import Fact
from clubkit.db.beside import Beside, WroteElsewhere, beside
from clubkit.db.database import Database
from clubkit.db.models import InboxRow
from clubkit.db.work import AfterCommit, UnitOfWork, Works
from clubkit.ids import JobId, new_id
from clubkit.log.consumer import Consumer
from clubkit.log.outages import is_outage
from clubkit.log.port import EventLog, Place, Record
from clubkit.log.read_model import Kept, ReadModel, StoreBeside
from clubkit.log.taking import hold_place, note_taken, read, unseen
from clubkit.ports import Ports

log = structlog.get_logger("replay")

T = TypeVar("T")


@dataclass(frozen=True)
class Replayed:
    facts: int
    """That the group had taken, and the new model is made of."""
    refused: int
    """That its handlers could not take this time."""
    differed: bool
    """The new one is not what the live one was."""


async def replay(model: ReadModel, ports: Ports, *, swap: bool = True) -> Replayed:
    """Makes the model anew beside the live one; then changes them over (swap), or only compares."""
    event_log, topics = ports[EventLog], model.consumer.topics
    async with _store_beside(model, ports) as store, beside(ports[Database], [*model.tables, INBOX]) as copies:
        making = _Making(model.consumer, ports, copies, store)
        async for records in event_log.history(topics):
            async with copies.transaction() as session:
                await making.take(session, records)
        async with copies.transaction(writes=True) as session:
            await hold_place(making.work(session), model.consumer.group, alone=True)
            await making.catch_up(session, event_log.history(topics, making.seen))
            differed = await _differ(session, copies, store)
            if swap:
                await copies.swap(session)
                if store:
                    await store.swap()
    return Replayed(making.facts, making.refused, differed)


INBOX = Kept(InboxRow, is_result=False)


@asynccontextmanager
async def _store_beside(model: ReadModel, ports: Ports) -> AsyncIterator[StoreBeside | None]:
    if model.store is None:
        yield None
        return
    store = model.store(ports)
    await store.drop()  # of a replay that was cut short
    try:
        yield store
    finally:
        await store.drop()


async def _differ(session: AsyncSession, copies: Beside, store: StoreBeside | None) -> bool:
    if await copies.digest(session, live=True) != await copies.digest(session, live=False):
        return True
    return store is not None and await store.digest(live=True) != await store.digest(live=False)


class _Making:
    def __init__(self, consumer: Consumer, ports: Ports, copies: Beside, store: StoreBeside | None) -> None:
        self._consumer = consumer
        self._ports = ports
        self._store = store
        self._left_out: list[Record] = []
        self._taken_live = text(
            f'SELECT fact_id FROM {copies.live}.kit_inbox WHERE "group" = :group AND fact_id IN :ids'  # noqa: S608
        ).bindparams(bindparam("ids", expanding=True, type_=String))
        self.seen: dict[Place, int] = {}
        self.facts = 0
        self.refused = 0

    def work(self, session: AsyncSession) -> "_SilentWork":
        return _SilentWork(session, self._ports, self._store, now=self._ports[Works].clock())

    async def take(self, session: AsyncSession, records: Sequence[Record]) -> None:
        """Those that the group has taken; the others are remembered, it may take them while we go on."""
        for record in records:
            self.seen[record.place] = record.position
        ours, later = await self._parted(session, records)
        self._left_out += later
        work = self.work(session)
        fresh = await unseen(work, self._consumer.group, ours)
        try:
            async with session.begin_nested():
                await self._consumer.handle(work, [read(record) for record in fresh])
                await session.flush()
        except Exception as failure:
            if is_outage(failure) or isinstance(failure, WroteElsewhere):
                raise
            await self._one_by_one(session, fresh)
        await note_taken(work, self._consumer.group, fresh)
        self.facts += len(fresh)

    async def catch_up(self, session: AsyncSession, rest: AsyncIterator[Sequence[Record]]) -> None:
        """With the group standing still: what it took since we looked."""
        left_out, self._left_out = self._left_out, []
        if left_out:
            await self.take(session, left_out)
        async for records in rest:
            await self.take(session, records)

    async def _parted(self, session: AsyncSession, records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
        ids = [record.fact_id for record in records]
        taken = set(await session.scalars(self._taken_live, {"group": self._consumer.group, "ids": ids}))
        ours = [record for record in records if record.fact_id in taken]
        return ours, [record for record in records if record.fact_id not in taken]

    async def _one_by_one(self, session: AsyncSession, records: Sequence[Record]) -> None:
        work = self.work(session)
        for record in records:
            try:
                async with session.begin_nested():
                    await self._consumer.handle(work, [read(record)])
                    await session.flush()
            except Exception as failure:
                if is_outage(failure) or isinstance(failure, WroteElsewhere):
                    raise
                self.refused += 1
                log.warning(
                    "fact refused in a replay", group=self._consumer.group, fact=record.type, error=repr(failure)
                )


class _SilentWork(UnitOfWork):
    """Whoever was told when it happened is not told again: facts, jobs and hints go nowhere."""

    def __init__(self, session: AsyncSession, ports: Ports, store: StoreBeside | None, *, now: datetime) -> None:
        super().__init__(session, ports, now=now)
        self._store = store

    def publish(self, *facts: Fact, cause: str = "") -> None:
        """Was published when it happened."""

    def schedule(
        self, job: str, *, due_at: datetime | None = None, unique_key: str | None = None, **arguments: Any
    ) -> JobId:
        return JobId(new_id())

    def after_commit(self, call: AfterCommit) -> None:
        """Was done when it happened."""

    def port(self, kind: type[T]) -> T:
        if self._store is not None and kind is self._store.port:
            return self._store.adapter  # type: ignore[no-any-return]
        return super().port(kind)
