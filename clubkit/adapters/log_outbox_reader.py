"""One group's place in the outbox that is the log."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from clubkit.db.database import Database
from clubkit.db.models import OffsetRow, OutboxRow
from clubkit.db.work import UnitOfWork
from clubkit.log.port import Record
from clubkit.waking import rung

NOTE_SECONDS = 2.0
"""A place behind what had no effect is written this late, or with the next effect: each write makes the disk wait."""

_OUTBOX = cast("Table", OutboxRow.__table__)
_NEXT = (
    select(_OUTBOX)
    .where(_OUTBOX.c.topic.in_(bindparam("topics", expanding=True)), _OUTBOX.c.id > bindparam("position"))
    .order_by(_OUTBOX.c.id)
    .limit(bindparam("limit"))
)


class OutboxReader:
    def __init__(
        self, database: Database, group: str, topics: Iterable[str], wake: asyncio.Event, linger: float
    ) -> None:
        self._database = database
        self._group = group
        self._topics = tuple(topics)
        self._wake = wake
        self._linger = linger
        self._position: int | None = None
        self._is_drained = False
        self._rests_until = 0.0
        self._note_at: float | None = None

    async def fetch(self, *, limit: int, wait: float) -> Sequence[Record]:
        loop = asyncio.get_running_loop()
        until = loop.time() + wait
        await self._rest(until)
        while True:
            if self._note_at is not None and loop.time() >= self._note_at:
                await self.note_place()
            self._wake.clear()
            if found := await self._read(limit):
                self._is_drained = len(found) < limit
                self._rests_until = loop.time() + self._linger if self._is_drained else 0.0
                return found
            if (left := until - loop.time()) <= 0:
                return ()
            await rung(self._wake, left)

    async def mark(self, work: UnitOfWork, records: Sequence[Record]) -> None:
        position = records[-1].position
        await self._write(work.session, position)

        async def advance() -> None:
            self._position, self._note_at = position, None

        work.after_commit(advance)

    async def skip(self, records: Sequence[Record]) -> None:
        self._position = records[-1].position
        if self._note_at is None:
            self._note_at = asyncio.get_running_loop().time() + NOTE_SECONDS

    async def rewind(self) -> None:
        self._position, self._note_at = None, None
        self._is_drained, self._rests_until = False, 0.0

    async def note_place(self) -> None:
        """Writes down how far the group has come, if it skipped facts since that was written."""
        if self._note_at is None or self._position is None:
            return
        async with self._database.transaction(writes=True, patient=True) as session:
            await self._write(session, self._position)
        self._note_at = None

    async def _rest(self, until: float) -> None:
        """Until there is something new, and then until enough of it may have gathered; at most until `until`."""
        loop = asyncio.get_running_loop()
        if self._is_drained:
            await rung(self._wake, until - loop.time())
        await asyncio.sleep(max(0.0, min(self._rests_until, until) - loop.time()))

    async def _write(self, session: AsyncSession, position: int) -> None:
        statement = insert(OffsetRow).values(group=self._group, position=position)
        await session.execute(
            statement.on_conflict_do_update(index_elements=[OffsetRow.group], set_={"position": position})
        )

    async def _read(self, limit: int) -> list[Record]:
        async with self._database.transaction(writes=False) as session:
            if self._position is None:
                stored = await session.scalar(select(OffsetRow.position).where(OffsetRow.group == self._group))
                self._position = stored or 0
            asked = {"topics": self._topics, "position": self._position, "limit": limit}
            return [record_of(row) for row in await session.execute(_NEXT, asked)]


def record_of(row: Any) -> Record:
    """row: of the outbox, or its columns."""
    return Record(row.id, row.fact_id, row.topic, row.key, row.type, row.payload, row.trace_id, row.at)
