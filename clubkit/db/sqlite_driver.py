"""SQLite over aiosqlite, with as few trips to its thread as can be.

A trip costs more than most of our statements do, and each row that is read in the thread waits for the interpreter's
lock. So what only reads runs at once, where it is asked, for as long as `HERE_SECONDS`; what takes longer is broken off
and runs in the thread from its beginning, which sees the same, for it is the same transaction. What writes goes to the
thread: it waits for other writers and for the disk. There too a statement and its first rows are one trip.
"""

import asyncio
import math
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite

AT_ONCE = 200
"""Rows that come with the statement; a longer answer is fetched as it is asked for, in the thread."""
HERE_SECONDS = 0.005
"""So long a statement may hold up everybody else, and so long a row of statements."""
STEPS = 2000
"""SQLite's instructions between two looks at the clock."""
REMEMBERED = 200
SLOW_SECONDS = 60.0
"""A statement that took too long is not tried here again for so long."""

Row = tuple[Any, ...]

# ruff: noqa: SLF001  aiosqlite has one door to its thread, and it is private


class Connection(aiosqlite.Connection):
    """What SQLAlchemy asks of a connection, with cursors of ours."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=AT_ONCE)
        self._slow: OrderedDict[str, float] = OrderedDict()
        self._is_watched = False
        self._only_read = True
        self._until = 0.0
        self._others_since = 0.0

    def cursor(self) -> Any:
        return Cursor(self)

    async def commit(self) -> None:
        await self._end(super().commit, self._conn.commit)

    async def rollback(self) -> None:
        await self._end(super().rollback, self._conn.rollback)

    async def trip(self, call: Callable[..., Any], *arguments: Any) -> Any:
        """In the thread, which is held up by nothing here."""
        self._watch(None)
        self._only_read = False
        try:
            return await self._execute(call, *arguments)  # type: ignore[no-untyped-call]
        finally:
            self._others_since = time.perf_counter()

    def begin_reading(self) -> None:
        """Takes no lock and no time, and is never broken off."""
        self._until = math.inf
        self._conn.execute("BEGIN").close()
        self._others_since = time.perf_counter()

    def may_run_here(self, sql: str) -> bool:
        return sql.startswith("SELECT ") and self._slow.get(sql, 0.0) < time.monotonic()

    async def here(self, call: Callable[..., None], sql: str, parameters: Sequence[Any]) -> bool:
        """Whether it was done in time. Others have their turn when this one has had enough of it."""
        began = time.perf_counter()
        self._until = began + HERE_SECONDS
        self._watch(self._has_had_enough)
        try:
            call(sql, parameters)
        except sqlite3.OperationalError as failure:
            if failure.sqlite_errorname != "SQLITE_INTERRUPT":
                raise
            self._remember_as_slow(sql)
            return False
        if time.perf_counter() - self._others_since > HERE_SECONDS:
            await asyncio.sleep(0)
            self._others_since = time.perf_counter()
        return True

    async def _end(self, in_thread: Callable[[], Any], here: Callable[[], None]) -> None:
        """What only read has nothing to bring to the disk."""
        if self._only_read:
            self._until = math.inf
            here()
        else:
            self._watch(None)
            await in_thread()
            self._only_read = True

    def _watch(self, look: Callable[[], bool] | None) -> None:
        if self._is_watched != (look is not None):
            self._conn.set_progress_handler(look, STEPS)
            self._is_watched = look is not None

    def _has_had_enough(self) -> bool:
        return time.perf_counter() > self._until

    def _remember_as_slow(self, sql: str) -> None:
        self._slow[sql] = time.monotonic() + SLOW_SECONDS
        self._slow.move_to_end(sql)
        if len(self._slow) > REMEMBERED:
            self._slow.popitem(last=False)


class Cursor:
    """An asynchronous DB-API cursor (PEP 249) as far as SQLAlchemy uses one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._open: sqlite3.Cursor | None = None
        self._rows: list[Row] = []
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        connection = self._connection
        if not connection.may_run_here(sql) or not await connection.here(self._run, sql, parameters):
            await connection.trip(self._run, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Self:
        await self._connection.trip(self._run_many, sql, parameters)
        return self

    async def fetchone(self) -> Row | None:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def fetchmany(self, size: int | None = None) -> list[Row]:
        size = self.arraysize if size is None else size
        if self._open is not None and len(self._rows) < size:
            self._rows += await self._connection.trip(self._open.fetchmany, max(size, AT_ONCE))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchall(self) -> list[Row]:
        if self._open is not None:
            self._rows += await self._connection.trip(self._open.fetchall)
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        if self._open is not None:
            await self._connection.trip(self._open.close)
            self._open = None
        self._rows = []

    def _run(self, sql: str, parameters: Sequence[Any]) -> None:
        self._take(self._connection._conn.execute(sql, parameters))

    def _run_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        self._take(self._connection._conn.executemany(sql, parameters))

    def _take(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = cursor.fetchmany(AT_ONCE) if cursor.description else []
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid
        if len(self._rows) < AT_ONCE:
            cursor.close()
        else:
            self._open = cursor


def connect(path: str, **options: Any) -> Connection:
    """As `aiosqlite.connect`: to be awaited. Its thread ends with the process."""
    options["check_same_thread"] = False  # one at a time, but not always the same
    connection = Connection(lambda: sqlite3.connect(path, **options))
    connection._thread.daemon = True
    return connection
