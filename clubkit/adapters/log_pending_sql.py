"""The outbox of a PostgreSQL database, as the relay takes it; and the bell that wakes the relay."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import structlog
from sqlalchemy import func, select, text

from clubkit.db.database import Database
from clubkit.db.models import OutboxRow
from clubkit.db.work import UnitOfWork, Works
from clubkit.log.pending import Outgoing
from clubkit.log.topics import urgent_topics
from clubkit.waking import rung

log = structlog.get_logger("relay")

CHANNEL = "hub_outbox"
TURN = 0x6875_626F_7574
"""The advisory lock of whoever sends, held by the very transaction that claims: it ends with it, never before."""
RING_SECONDS = 0.003
"""Commits this close together ring once."""
GATHER_SECONDS = 0.05
"""The same where nobody waits for what comes of the facts: each turn of the relay costs as much as a dozen facts."""

# Never by "id > last": ids commit out of order. Whatever is there and not locked is taken. By their places in the
# table, which stay while they are locked: to a planner whose statistics say that the table is empty all ways are one,
# and it may well look for each id through all of the index by topic.
_TAKE = text("""
DELETE FROM kit_outbox
WHERE ctid = ANY(ARRAY(SELECT ctid FROM kit_outbox ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED))
RETURNING id, fact_id, topic, key, type, payload, trace_id, at
""")


class OutboxPending:
    """`PendingFacts` over the outbox table. Rows are deleted in the transaction that claims them: the log has them
    when it commits, and when it does not, they are back."""

    name = "outbox"

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rung = asyncio.Event()
        self._listening: Any = None

    @asynccontextmanager
    async def claim(self, limit: int) -> AsyncIterator[Sequence[Outgoing]]:
        async with self._database.transaction(writes=True) as session:
            if not await session.scalar(select(func.pg_try_advisory_xact_lock(TURN))):
                yield ()
                return
            rows = (await session.execute(_TAKE, {"limit": limit})).all()
            yield [Outgoing(*row[1:]) for row in sorted(rows)]

    async def arrived(self, wait: float) -> None:
        await self._listen()
        await rung(self._rung, wait)
        self._rung.clear()

    async def waiting(self) -> int:
        async with self._database.transaction(writes=False) as session:
            return (await session.scalar(select(func.count()).select_from(OutboxRow))) or 0

    async def close(self) -> None:
        connection, self._listening = self._listening, None
        if connection is not None:
            await connection.close(timeout=2)

    async def _listen(self) -> None:
        """A connection of its own, outside the pool; opened again when it broke."""
        if self._listening is not None and not self._listening.is_closed():
            return
        try:
            self._listening = await asyncpg.connect(_dsn(self._database), timeout=5)
            await self._listening.add_listener(CHANNEL, lambda *_: self._rung.set())
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as away:
            log.warning("no bell, so the relay looks by itself", error=repr(away))


class OutboxBell:
    """Rings the relay after commits that left facts. Outside their transactions: a NOTIFY inside would make every
    commit of the database wait for the one before."""

    def __init__(self, database: Database, works: Works) -> None:
        self._database = database
        self._connection: Any = None
        self._left = asyncio.Event()
        self._urgent = asyncio.Event()
        self._urgent_topics = urgent_topics()
        works.on_commit(self._note)

    async def run(self) -> None:
        """Runs until cancelled."""
        while True:
            await self._left.wait()
            await rung(self._urgent, GATHER_SECONDS)
            self._left.clear()
            self._urgent.clear()
            await self._ring()
            await asyncio.sleep(RING_SECONDS)

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close(timeout=2)

    async def _ring(self) -> None:
        """On a connection of its own: one round trip, and none of the pool's is taken. It may fail: the relay looks."""
        try:
            if self._connection is None or self._connection.is_closed():
                self._connection = await asyncpg.connect(_dsn(self._database), timeout=5)
            await self._connection.execute(f"NOTIFY {CHANNEL}")
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as away:
            log.warning("the relay was not told, it looks by itself", error=repr(away))

    def _note(self, work: UnitOfWork) -> None:
        if topics := work.topics:
            self._left.set()
            if not self._urgent_topics.isdisjoint(topics):
                self._urgent.set()


def _dsn(database: Database) -> str:
    return database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
