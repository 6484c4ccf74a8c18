"""Empty copies of tables on one connection, where their names mean the copies: temporary tables, which both databases
look up first. Whatever happens to the connection, the live tables are untouched until `swap`."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

from sqlalchemy import Table, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.schema import CreateTable

from clubkit.db.database import Database
from clubkit.log.read_model import Kept


class WroteElsewhere(Exception):  # noqa: N818  a flaw in a declaration, which no handler may swallow
    """Something wrote a table that has no copy."""


class Beside:
    """Made by `beside`."""

    def __init__(self, connection: AsyncConnection, tables: Sequence[Kept], live: str, copies: str) -> None:
        self._connection = connection
        self._tables = tables
        self.live = live
        self._copies = copies

    @asynccontextmanager
    async def transaction(self, *, writes: bool = False) -> AsyncIterator[AsyncSession]:
        """A session on the copies. writes: live tables are to be written too."""
        await self._connection.execution_options(hub_writes=writes)
        async with self._connection.begin(), AsyncSession(self._connection, expire_on_commit=False) as session:
            yield session
            await session.flush()

    async def digest(self, session: AsyncSession, *, live: bool) -> str:
        """A fingerprint of everything that follows from the log."""
        seen = hashlib.sha256()
        for kept in self._results():
            keys, derived = columns_of(kept)
            where = f"WHERE {kept.only.format(live=self.live)}" if live and kept.only else ""
            place = self.live if live else self._copies
            query = f"SELECT {_list([*keys, *derived])} FROM {place}.{_name(kept)} t {where} ORDER BY {_list(keys)}"  # noqa: S608
            async for row in await session.stream(text(query)):
                seen.update(repr(tuple(row)).encode())
            seen.update(b"|")
        return seen.hexdigest()

    async def swap(self, session: AsyncSession) -> None:
        """Makes the live tables what the copies are, within the session's transaction."""
        for kept in self._results():
            keys, derived = columns_of(kept)
            live, copy = f"{self.live}.{_name(kept)}", f"{self._copies}.{_name(kept)}"
            same = " AND ".join(f'c."{key}" = t."{key}"' for key in keys)
            only = f"({kept.only.format(live=self.live)}) AND" if kept.only else ""
            gone = f"DELETE FROM {live} AS t WHERE {only} NOT EXISTS (SELECT 1 FROM {copy} c WHERE {same})"  # noqa: S608
            await session.execute(text(gone))
            every = _list([column.name for column in _table(kept).columns])
            values = ", ".join(f'"{name}" = excluded."{name}"' for name in derived)
            put = f"INSERT INTO {live} ({every}) SELECT {every} FROM {copy} WHERE true ON CONFLICT ({_list(keys)}) DO "  # noqa: S608
            await session.execute(text(put + (f"UPDATE SET {values}" if derived else "NOTHING")))

    def _results(self) -> Sequence[Kept]:
        return [kept for kept in self._tables if kept.is_result]


@asynccontextmanager
async def beside(database: Database, tables: Sequence[Kept]) -> AsyncIterator[Beside]:
    """Empty copies of these tables while the block lasts, on a connection that nobody uses afterwards."""
    async with database.engine.connect() as connection:
        try:
            async with connection.begin():
                live = "main" if database.is_sqlite else await connection.scalar(text("SELECT current_schema()"))
                for kept in tables:
                    await connection.execute(text(_copy_of(_table(kept), live, on_sqlite=database.is_sqlite)))
            _refuse_other_writes(connection, {_table(kept).name for kept in tables})
            yield Beside(connection, tables, live, "temp" if database.is_sqlite else "pg_temp")
        finally:
            await connection.invalidate()


def columns_of(kept: Kept) -> tuple[list[str], list[str]]:
    """The key, and what follows from the log beside it."""
    table = _table(kept)
    keys = [column.name for column in table.primary_key.columns]
    return keys, list(kept.derived) or [column.name for column in table.columns if column.name not in keys]


def _copy_of(table: Table, live: str, *, on_sqlite: bool) -> str:
    if not on_sqlite:
        return f'CREATE TEMPORARY TABLE "{table.name}" (LIKE {live}."{table.name}" INCLUDING ALL)'
    made = str(CreateTable(table).compile(dialect=sqlite.dialect()))
    return made.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)


def _refuse_other_writes(connection: AsyncConnection, names: set[str]) -> None:
    @event.listens_for(connection.sync_connection, "before_execute")
    def refuse(_connection: Any, statement: Any, *_rest: Any) -> None:
        if getattr(statement, "is_dml", False) and statement.table.name not in names:
            raise WroteElsewhere(f"a replay must not write {statement.table.name}: declare it with its read model")


def _table(kept: Kept) -> Table:
    return cast("Table", kept.model.__table__)


def _name(kept: Kept) -> str:
    return f'"{_table(kept).name}"'


def _list(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
