"""The embedded event log: the outbox table itself, read by offset.

Positions follow commits because SQLite has one writer at a time. On PostgreSQL they would not (ids commit
out of order), which is why the grown-up topology relays the outbox to Kafka instead of reading it by id.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import bindparam, func, select, update

from clubkit.adapters.log_outbox_reader import OutboxReader, record_of
from clubkit.db.database import Database
from clubkit.db.models import OffsetRow, OutboxRow
from clubkit.db.work import Works
from clubkit.errors import StorageFull, Unavailable
from clubkit.log.errors import LogAndDatabaseDisagree
from clubkit.log.port import LogReader, Place, Record

POLL_SECONDS = 0.25
"""How soon writes of another process (worker, importer) are noticed; our own commits wake readers at once."""
HISTORY_BATCH = 2000


class OutboxLog:
    """`EventLog` over the outbox table of one SQLite database. Raises LogAndDatabaseDisagree for any other."""

    def __init__(self, database: Database, works: Works) -> None:
        if not database.is_sqlite:
            raise LogAndDatabaseDisagree(on_sqlite=False)
        self._database = database
        self._waiting: dict[asyncio.Event, frozenset[str]] = {}
        self._tail: asyncio.Task[None] | None = None
        works.on_commit(lambda work: self.wake(work.topics))

    def wake(self, topics: Collection[str]) -> None:
        """Has the readers of these topics look; the others need not ask the database."""
        for waiting, wanted in self._waiting.items():
            if not wanted.isdisjoint(topics):
                waiting.set()

    @asynccontextmanager
    async def reader(self, group: str, topics: Sequence[str], *, linger: float = 0.0) -> AsyncIterator[LogReader]:
        wake = asyncio.Event()
        self._waiting[wake] = frozenset(topics)
        if self._tail is None or self._tail.done():
            self._tail = asyncio.create_task(self._watch_other_processes(), name="outbox-tail")
        reader = OutboxReader(self._database, group, topics, wake, linger)
        try:
            yield reader
        finally:
            with contextlib.suppress(Unavailable, StorageFull):  # then what was skipped comes again
                await reader.note_place()
            del self._waiting[wake]
            if not self._waiting and self._tail:
                self._tail.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await self._tail

    async def lag(self, group: str, topics: Sequence[str]) -> int:
        position = select(OffsetRow.position).where(OffsetRow.group == group).scalar_subquery()
        query = select(func.count()).where(OutboxRow.topic.in_(topics), OutboxRow.id > func.coalesce(position, 0))
        async with self._database.transaction(writes=False) as session:
            return (await session.scalar(query)) or 0

    async def replay_from(self, group: str, position: int = 0) -> None:
        async with self._database.transaction(writes=True) as session:
            await session.execute(update(OffsetRow).where(OffsetRow.group == group).values(position=position))
        for waiting in self._waiting:
            waiting.set()

    async def history(
        self, topics: Sequence[str], after: Mapping[Place, int] | None = None
    ) -> AsyncIterator[Sequence[Record]]:
        async with self._database.transaction(writes=False) as session:
            end = (await session.scalar(select(func.max(OutboxRow.id)))) or 0
        position = max((after or {}).values(), default=0)  # one row of positions for all topics
        while batch := await self._between(topics, position, end):
            yield batch
            position = batch[-1].position

    async def _between(self, topics: Sequence[str], position: int, end: int) -> list[Record]:
        query = select(OutboxRow).where(OutboxRow.topic.in_(topics), OutboxRow.id > position, OutboxRow.id <= end)
        async with self._database.transaction(writes=False) as session:
            return [record_of(row) for row in await session.scalars(query.order_by(OutboxRow.id).limit(HISTORY_BATCH))]

    async def _watch_other_processes(self) -> None:
        head: int | None = None
        while True:
            with contextlib.suppress(Unavailable):  # all connections are taken: next time
                async with self._database.transaction(writes=False) as session:
                    if head is None:
                        head = (await session.scalar(select(func.max(OutboxRow.id)))) or 0
                    new = (await session.execute(_NEW, {"head": head})).all()
                if new:
                    head = new[-1].id
                    self.wake({row.topic for row in new})
            await asyncio.sleep(POLL_SECONDS)


# By id and not DISTINCT: for that SQLite would read the index of topics from end to end, which is the whole log.
_NEW = (
    select(OutboxRow.id, OutboxRow.topic)
    .where(OutboxRow.id > bindparam("head"))
    .order_by(OutboxRow.id)
    .limit(HISTORY_BATCH)
)
