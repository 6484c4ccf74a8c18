"""An event log for tests of stores and rules on PostgreSQL, where reading the outbox by offset would skip facts.

It remembers which facts a group has read instead of how far it came, so the order of commits does not matter. That
costs a look at the whole table on each fetch: fit for a test's handful of facts, and for nothing else.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Column, MetaData, Select, String, Table, delete, func, select

from clubkit.db.models import OutboxRow
from clubkit.db.work import UnitOfWork, Works
from clubkit.log.port import LogReader, Place, Record
from clubkit.ports import Ports

GLANCE_SECONDS = 0.02

MARKS = Table(
    "test_log_marks",
    MetaData(),
    Column("group", String(80), primary_key=True),
    Column("fact_id", String(36), primary_key=True),
)


class TableLog:
    """`EventLog` over the outbox of one test hub's database; one reader per group."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    @asynccontextmanager
    async def reader(self, group: str, topics: Sequence[str], *, linger: float = 0.0) -> AsyncIterator[LogReader]:
        del linger  # it looks whenever it is asked
        yield _TableReader(self._ports, group, topics)

    async def lag(self, group: str, topics: Sequence[str]) -> int:
        async with self._ports[Works].reading() as work:
            query = unread(group, topics).subquery()
            return (await work.session.scalar(select(func.count()).select_from(query))) or 0

    async def replay_from(self, group: str, position: int = 0) -> None:
        later = select(OutboxRow.fact_id).where(OutboxRow.id > position)
        async with self._ports[Works].open() as work:
            await work.session.execute(delete(MARKS).where(MARKS.c.group == group, MARKS.c.fact_id.in_(later)))

    async def history(
        self, topics: Sequence[str], after: Mapping[Place, int] | None = None
    ) -> AsyncIterator[Sequence[Record]]:
        last = max((after or {}).values(), default=0)
        query = select(OutboxRow).where(OutboxRow.topic.in_(topics), OutboxRow.id > last)
        async with self._ports[Works].reading() as work:
            rows = (await work.session.scalars(query)).all()
        yield [record_of(row) for row in sorted(rows, key=lambda row: row.id)]


class _TableReader:
    def __init__(self, ports: Ports, group: str, topics: Sequence[str]) -> None:
        self._ports = ports
        self._group = group
        self._topics = tuple(topics)

    async def fetch(self, *, limit: int, wait: float) -> Sequence[Record]:
        until = asyncio.get_running_loop().time() + wait
        while True:
            async with self._ports[Works].reading() as work:
                query = unread(self._group, self._topics).order_by(OutboxRow.id).limit(limit)
                rows = (await work.session.scalars(query)).all()
            if rows or asyncio.get_running_loop().time() >= until:
                return [record_of(row) for row in rows]
            await asyncio.sleep(GLANCE_SECONDS)

    async def mark(self, work: UnitOfWork, records: Sequence[Record]) -> None:
        rows = [{"group": self._group, "fact_id": record.fact_id} for record in records]
        await work.session.execute(MARKS.insert(), rows)

    async def skip(self, records: Sequence[Record]) -> None:
        async with self._ports[Works].open() as work:
            await self.mark(work, records)

    async def rewind(self) -> None:
        """Nothing is remembered here: each fetch asks the table."""


def unread(group: str, topics: Sequence[str]) -> Select[Any]:
    seen = select(MARKS.c.fact_id).where(MARKS.c.group == group, MARKS.c.fact_id == OutboxRow.fact_id)
    return select(OutboxRow).where(OutboxRow.topic.in_(topics), ~seen.exists())


def record_of(row: OutboxRow) -> Record:
    return Record(row.id, row.fact_id, row.topic, row.key, row.type, row.payload, row.trace_id, row.at)
