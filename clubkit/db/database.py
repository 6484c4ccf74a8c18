"""One service's relational truth: an engine, and sessions that are one transaction each."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from clubkit.db import sqlite_driver
from clubkit.db.errors import Collided, DatabaseAway, DatabaseBusy, Unkeepable, has_collided, is_unkeepable
from clubkit.db.sqlite_pairs import PairsByIndex
from clubkit.db.turns import Turns
from clubkit.errors import StorageFull

CONNECT_SECONDS = 5
CONNECTIONS = 16
"""To a SQLite file; kept once opened, as opening one costs as much as a page. A quiet hub opens two or three."""
CHECKOUT_SECONDS = 10


class Database:
    """Opens transactions. On SQLite the writers of one process queue here, not in busy loops.

    A writing transaction begins IMMEDIATE: it never fails half-way because another process wrote first.
    """

    def __init__(self, url: str, *, synchronous: str = "full", pool: int = 10) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url, synchronous) if self.is_sqlite else _server_engine(url, pool)
        self._writing: AsyncEngine = self.engine.execution_options(hub_writes=True)
        self._turns = Turns()

    @asynccontextmanager
    async def transaction(self, *, writes: bool, patient: bool = False) -> AsyncIterator[AsyncSession]:
        """A session inside one transaction; commits when the block ends well, else rolls back.

        patient: where there is one writer at a time, others may go first for a while.

        Raises StorageFull, DatabaseAway, DatabaseBusy, Unkeepable; Collided when another one won a race with this.
        """
        queue: Any = self._turns.turn(patient=patient) if writes and self.is_sqlite else nullcontext()
        try:
            async with (
                queue,
                AsyncSession(self._writing if writes else self.engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                if not self.is_sqlite:
                    await _reach(session)
                yield session
        except PoolTimeoutError as failure:
            raise DatabaseBusy from failure
        except DBAPIError as failure:
            if isinstance(failure, OperationalError) and "is full" in str(failure.orig):
                raise StorageFull("There is no room left on the hub's disk. Nothing was stored.") from failure
            if failure.connection_invalidated:
                raise DatabaseAway from failure
            if has_collided(failure):
                raise Collided from failure
            if is_unkeepable(failure):
                raise Unkeepable from failure
            raise

    async def close(self) -> None:
        await self.engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


async def _reach(session: AsyncSession) -> None:
    """Takes the connection now, so that a server which cannot be reached is told from everything that comes later."""
    try:
        await session.connection()
    except PoolTimeoutError as failure:
        raise DatabaseBusy from failure
    except Exception as failure:
        raise DatabaseAway from failure


def _server_engine(url: str, pool: int) -> AsyncEngine:
    engine = create_async_engine(
        url, pool_size=pool, max_overflow=pool, pool_use_lifo=True, pool_timeout=CHECKOUT_SECONDS, pool_pre_ping=True,
        connect_args={"timeout": CONNECT_SECONDS, "server_settings": {"application_name": "clubholohub", "jit": "off"}},
    )  # fmt: skip
    engine.dialect.do_ping = _ping  # type: ignore[method-assign]
    return engine


def _ping(dbapi_connection: Any) -> bool:
    """One way there and back. The stock one puts a transaction around it: two more, before each of ours."""
    level, dbapi_connection.isolation_level = dbapi_connection.isolation_level, "autocommit"
    try:
        dbapi_connection.ping()
    finally:
        dbapi_connection.isolation_level = level
    return True


def _sqlite_engine(url: str, synchronous: str) -> AsyncEngine:
    if database := make_url(url).database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_use_lifo=True,
        pool_timeout=CHECKOUT_SECONDS,
        connect_args={"timeout": 30, "async_creator_fn": sqlite_driver.connect},
    )
    engine.dialect.statement_compiler = PairsByIndex

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin ourselves, below
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous.upper()}",
            "foreign_keys=ON",
            "cache_size=-8000",
            "temp_store=MEMORY",
            "journal_size_limit=67108864",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("hub_writes", False)
        if writes:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.connection.driver_connection.begin_reading()  # type: ignore[union-attr]

    return engine
