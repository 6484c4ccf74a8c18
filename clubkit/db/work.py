"""The unit of work: one transaction with its outgoing facts, its jobs, and what may run once it stands."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

import structlog
from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncSession

from clubkit.clock import Clock, utc_now
from clubkit.contracts.base import Fact
from clubkit.db.database import Database
from clubkit.db.models import JobRow, OutboxRow
from clubkit.db.together import Find, Together
from clubkit.ids import JobId, new_id
from clubkit.observability.tracing import carried
from clubkit.ports import Ports

log = structlog.get_logger("work")

_OUTBOX = cast("Table", OutboxRow.__table__)
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")
AfterCommit = Callable[[], Awaitable[None]]


class UnitOfWork:
    """One request, task, socket event or log record: everything in it is kept, or nothing.

    `publish` is the one door for facts: they are stored in the same transaction and leave through the log.
    `port(T)` answers an adapter, or a store bound to this very transaction.
    """

    def __init__(self, session: AsyncSession, ports: Ports, *, now: datetime) -> None:
        self.session = session
        self.ports = ports
        self.now = now
        self._facts: list[tuple[Fact, str]] = []
        self._jobs: list[dict[str, Any]] = []
        self._afterwards: list[AfterCommit] = []
        self._stores: dict[type, Any] = {}

    def publish(self, *facts: Fact, cause: str = "") -> None:
        """cause: the trace that the facts belong to, if it is not the current one."""
        self._facts.extend((fact, cause) for fact in facts)

    def schedule(
        self, job: str, *, due_at: datetime | None = None, unique_key: str | None = None, **arguments: Any
    ) -> JobId:
        """Has a background job run at `due_at` (now). The row is stored with this work; see `clubkit.jobs`."""
        job_id = JobId(new_id())
        self._jobs.append(
            {
                "id": job_id,
                "name": job,
                "arguments": arguments,
                "unique_key": unique_key,
                "created_at": self.now,
                "due_at": due_at or self.now,
            }
        )
        return job_id

    def after_commit(self, call: AfterCommit) -> None:
        """Runs `call` once the transaction stands: hints only, for its failure undoes nothing."""
        self._afterwards.append(call)

    def port(self, kind: type[T]) -> T:
        """The adapter for a port; a store is made once per unit of work."""
        if (factory := self.ports.store_factory(kind)) is None:
            return self.ports[kind]
        if kind not in self._stores:
            self._stores[kind] = factory(self)
        return self._stores[kind]  # type: ignore[no-any-return]

    def let_go(self) -> None:
        """Of the stores, which hold it: so that it is freed when nobody asks it any more, and not by the collector."""
        self._stores.clear()

    async def flush_outgoing(self) -> None:
        if self._facts:
            await self.session.execute(insert(_OUTBOX), [outbox_row(fact, cause) for fact, cause in self._facts])
        if self._jobs:
            await self.session.execute(insert(JobRow), self._jobs)

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(fact.topic for fact, _ in self._facts)

    @property
    def has_jobs(self) -> bool:
        return bool(self._jobs)

    @property
    def afterwards(self) -> list[AfterCommit]:
        return self._afterwards


def outbox_row(fact: Fact, cause: str = "") -> dict[str, Any]:
    return {
        "fact_id": fact.fact_id,
        "topic": fact.topic,
        "key": fact.key,
        "type": fact.type_name(),
        "payload": fact.model_dump_json(),
        "trace_id": cause or carried(),
        "at": fact.at,
    }


Committed = Callable[[UnitOfWork], None]


class Works:
    """Opens units of work over one database. `committed` is told of each that stood, to wake readers."""

    def __init__(self, database: Database, ports: Ports, *, clock: Clock = utc_now) -> None:
        self.database = database
        self.ports = ports
        self.clock = clock
        self._listeners: list[Committed] = []
        self._together = Together(self.reading)

    async def together(self, find: Find["UnitOfWork", K, V], keys: Collection[K]) -> Mapping[K, V]:
        """What `find` answers for these keys (and perhaps others), in a reading unit of work.

        It is shared by all who ask in the same moment: a crowd that comes back at once is looked up at once.
        """
        return await self._together.ask(find, keys)

    def on_commit(self, listener: Committed) -> None:
        self._listeners.append(listener)

    @asynccontextmanager
    async def open(self, *, now: datetime | None = None, patient: bool = False) -> AsyncIterator[UnitOfWork]:
        """A writing unit of work: commits when the block ends well, then runs what waits for the commit.

        patient: nobody waits for it, so where writers queue others may go first.
        """
        async with self.database.transaction(writes=True, patient=patient) as session:
            work = UnitOfWork(session, self.ports, now=now or self.clock())
            try:
                yield work
                await session.flush()
                await work.flush_outgoing()
            finally:
                work.let_go()
        for listener in self._listeners:
            listener(work)
        for call in work.afterwards:
            try:
                await call()
            except Exception:
                log.exception("a hint after the commit failed; the commit stands")

    @asynccontextmanager
    async def reading(self, *, now: datetime | None = None) -> AsyncIterator[UnitOfWork]:
        """A unit of work that only reads: it waits for no writer. Facts published in it are refused."""
        async with self.database.transaction(writes=False) as session:
            work = UnitOfWork(session, self.ports, now=now or self.clock())
            try:
                yield work
            finally:
                work.let_go()
            if work.topics or work.has_jobs or session.new or session.dirty or session.deleted:
                raise RuntimeError("a reading unit of work must not write")
