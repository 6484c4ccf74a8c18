"""What SQLite means to do for a statement, in tests that hold it to its indexes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncSession

from clubkit.db.database import Database


@asynccontextmanager
async def tables_of(metadata: MetaData, folder: Path) -> AsyncIterator[AsyncSession]:
    """A session that writes to a new database with these tables."""
    async with (
        Database(f"sqlite+aiosqlite:///{folder}/planned.sqlite3") as database,
        database.transaction(writes=True) as session,
    ):
        await (await session.connection()).run_sync(metadata.create_all)
        yield session


async def plan_of(session: AsyncSession, statement: str, values: Sequence[object]) -> list[str]:
    """The steps of a statement's plan, as SQLite puts them."""
    connection = await session.connection()
    return [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))]
