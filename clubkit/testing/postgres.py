"""A database of its own for each test hub on a PostgreSQL server: copied from a template, dropped at the end."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import MetaData, make_url, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable

from clubkit.ids import new_id

TEMPLATES = 0x48554254
"""The advisory lock under which one process makes a template and the others wait for it."""


@asynccontextmanager
async def fresh_database(server: str, tables: Sequence[MetaData]) -> AsyncIterator[str]:
    """The URL of a new database with these tables on the server of that URL; gone when the block ends.

    The tables come straight from the models (migrations have tests of their own), once per shape of the models.
    """
    template = f"hub_template_{_digest(tables)}"
    name = f"hub_{new_id().replace('-', '')}"
    async with _commanding(server) as connection:
        await _make_template(connection, server, template, tables)
        await connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    try:
        yield _url(server, name)
    finally:
        async with _commanding(server) as connection:
            await connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@asynccontextmanager
async def _commanding(server: str) -> AsyncIterator[AsyncConnection]:
    """A connection on which each statement stands alone, as CREATE DATABASE wants it."""
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def _make_template(connection: AsyncConnection, server: str, template: str, tables: Sequence[MetaData]) -> None:
    await connection.execute(text(f"SELECT pg_advisory_lock({TEMPLATES})"))
    try:
        query = text("SELECT 1 FROM pg_database WHERE datname = :name")
        if await connection.scalar(query, {"name": template}):
            return
        unfinished = f"{template}_unfinished"
        await connection.execute(text(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)'))
        await connection.execute(text(f'CREATE DATABASE "{unfinished}"'))
        await _fill(_url(server, unfinished), tables)
        await connection.execute(text(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"'))
    finally:
        await connection.execute(text(f"SELECT pg_advisory_unlock({TEMPLATES})"))


async def _fill(url: str, tables: Sequence[MetaData]) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            for metadata in tables:
                await connection.run_sync(metadata.create_all)
    finally:
        await engine.dispose()


def _digest(tables: Sequence[MetaData]) -> str:
    """Changes with the shape of the tables, so that a kept server never serves an old one."""
    dialect: Any = postgresql.dialect()  # type: ignore[no-untyped-call]
    each = [table for metadata in tables for table in metadata.sorted_tables]
    words = [str(CreateTable(table).compile(dialect=dialect)) for table in each]
    words += sorted(str(CreateIndex(index).compile(dialect=dialect)) for table in each for index in table.indexes)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _url(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)
