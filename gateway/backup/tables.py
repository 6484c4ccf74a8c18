"""The tables of a server, row by row into one SQLite file and back. Every topology's backup holds such a file."""

from collections.abc import Sequence
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table, func, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from clubkit.db.database import Database
from clubkit.db.migrating import Branch, branches, config, upgrade
from gateway.backup.errors import BackupFromNewerHub
from gateway.backup.sqlite import sqlite_file
from gateway.embedded import SERVICES

BATCH = 1000


async def copy_to_file(server: Database, target: Path) -> None:
    """The rows of a server's database, all as of one moment, in a new SQLite file of the same tables."""
    async with sqlite_file(target) as file:
        await upgrade(file, branches(SERVICES))
        async with server.engine.connect() as reading:
            await reading.execution_options(isolation_level="REPEATABLE READ")
            async with file.engine.begin() as writing:
                for table in every_table():
                    await _copy(reading, writing, table)


async def copy_from_file(source: Path, server: Database) -> None:
    """Puts the rows of such a file in place of what a server's tables hold, in one transaction."""
    async with sqlite_file(source) as file, file.engine.connect() as reading, server.engine.begin() as writing:
        for table in every_table():
            await writing.execute(table.delete())
        for table in every_table():
            await _copy(reading, writing, table)
            await _count_on(writing, table)


async def _copy(reading: AsyncConnection, writing: AsyncConnection, table: Table) -> None:
    async with reading.stream(select(table).execution_options(yield_per=BATCH)) as rows:
        async for batch in rows.partitions(BATCH):
            await writing.execute(insert(table), [dict(row._mapping) for row in batch])  # noqa: SLF001  its public name


async def _count_on(writing: AsyncConnection, table: Table) -> None:
    """A sequence does not see rows that bring their own number: it goes on behind the largest."""
    if (column := table.autoincrement_column) is not None:
        largest = select(func.coalesce(func.max(column), 0)).scalar_subquery()
        name = func.pg_get_serial_sequence(table.name, column.name)
        await writing.execute(select(func.setval(name, largest + 1, False)))


async def bring_up_to_date(file: Path) -> None:
    """Brings the tables in a file to the form that this hub knows. Raises BackupFromNewerHub."""
    async with sqlite_file(file) as database:
        every = branches(SERVICES)
        async with database.engine.connect() as connection:
            unknown = [one.name for one in every if await connection.run_sync(_is_newer, one)]
        if unknown:
            raise BackupFromNewerHub(unknown)
        await upgrade(database, every)


async def heads(database: Database) -> dict[str, str]:
    """By service, the newest migration that its tables have seen."""
    async with database.engine.connect() as connection:
        return {one.name: await connection.run_sync(_head, one) for one in branches(SERVICES)}


async def counts(file: Path) -> dict[str, int]:
    async with sqlite_file(file) as database, database.engine.connect() as connection:
        return {
            str(table.name): await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in every_table()
        }


async def holds_rows(server: Database) -> bool:
    """Whether a server's tables hold a hub; False where there are none yet."""
    async with server.engine.connect() as connection:
        there = set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
        members = [table for table in every_table() if table.name.startswith("auth_") and table.name in there]
        for table in members:
            if await connection.scalar(select(func.count()).select_from(table)):
                return True
    return False


def every_table() -> Sequence[Table]:
    return [table for branch in branches(SERVICES) for table in branch.metadata.sorted_tables]


def _head(connection: Connection, branch: Branch) -> str:
    there = connection.dialect.has_table(connection, branch.version_table)
    found = connection.scalar(text(f'SELECT version_num FROM "{branch.version_table}"')) if there else None  # noqa: S608
    return str(found or "")


def _is_newer(connection: Connection, branch: Branch) -> bool:
    scripts = ScriptDirectory.from_config(config(branch, connection))
    known = {script.revision for script in scripts.walk_revisions()}
    head = _head(connection, branch)
    return bool(head) and head not in known
