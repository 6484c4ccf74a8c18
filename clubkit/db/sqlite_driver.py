"""SQLite over aiosqlite with one trip to its thread for a statement, where it would take four.

A trip costs more than most of our statements do, and every one of them waits for the interpreter's lock. A cursor is
made on this side, runs its statement and brings its first rows in one trip, and needs none more unless there are more.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite

AT_ONCE = 200
"""Rows that come with the statement; a longer answer is fetched as it is asked for."""

Row = tuple[Any, ...]

# ruff: noqa: SLF001  aiosqlite has one door to its thread, and it is private


class Connection(aiosqlite.Connection):
    """What SQLAlchemy asks of a connection, with cursors of ours."""

    def cursor(self) -> Any:
        return Cursor(self)


class Cursor:
    """An asynchronous DB-API cursor (PEP 249) as far as SQLAlchemy uses one."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
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
        await self._trip(self._run, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Self:
        await self._trip(self._run_many, sql, parameters)
        return self

    async def fetchone(self) -> Row | None:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def fetchmany(self, size: int | None = None) -> list[Row]:
        size = self.arraysize if size is None else size
        if self._open is not None and len(self._rows) < size:
            self._rows += await self._trip(self._open.fetchmany, max(size, AT_ONCE))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchall(self) -> list[Row]:
        if self._open is not None:
            self._rows += await self._trip(self._open.fetchall)
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        if self._open is not None:
            await self._trip(self._open.close)
            self._open = None
        self._rows = []

    async def _trip(self, call: Callable[..., Any], *arguments: Any) -> Any:
        return await self._connection._execute(call, *arguments)  # type: ignore[no-untyped-call]

    def _run(self, sql: str, parameters: Sequence[Any]) -> None:
        """In the connection's thread."""
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
    connection = Connection(lambda: sqlite3.connect(path, **options), iter_chunk_size=AT_ONCE)
    connection._thread.daemon = True
    return connection
