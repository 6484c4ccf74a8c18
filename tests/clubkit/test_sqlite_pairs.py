"""Rows of SQLite by several columns at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import Select

from clubkit.db.database import Database

SEATS = Table("seats", MetaData(), *(Column(name, String, primary_key=True) for name in ("row", "column")),
              Column("guests", Integer))  # fmt: skip
PLACE = tuple_(SEATS.c.row, SEATS.c.column)
TAKEN = [("a", "1"), ("a", "2"), ("b", "1"), ("c", "3")]


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[AsyncSession]:
    async with (
        Database(f"sqlite+aiosqlite:///{tmp_path}/seats.sqlite3") as database,
        database.transaction(writes=True) as session,
    ):
        await (await session.connection()).run_sync(SEATS.metadata.create_all)
        await session.execute(insert(SEATS), [{"row": row, "column": column, "guests": 1} for row, column in TAKEN])
        yield session


async def _found(session: AsyncSession, query: Select[tuple[str, str]], **values: object) -> list[tuple[str, str]]:
    return sorted((found.row, found.column) for found in await session.execute(query, values))


ROWS = select(SEATS.c.row, SEATS.c.column)


@pytest.mark.parametrize("asked", [[], TAKEN[:1], [*TAKEN[1:3], ("a", "3"), ("b", "2")]])
async def test_a_pair_is_found_and_no_mixture_of_two(session: AsyncSession, asked: list[tuple[str, str]]) -> None:
    expected = sorted(set(asked) & set(TAKEN))
    assert await _found(session, ROWS.where(PLACE.in_(asked))) == expected
    assert await _found(session, ROWS.where(PLACE.in_(bindparam("asked", expanding=True))), asked=asked) == expected


@pytest.mark.parametrize("asked", [[], TAKEN[:2]])
async def test_all_but_some_pairs_are_found(session: AsyncSession, asked: list[tuple[str, str]]) -> None:
    assert await _found(session, ROWS.where(PLACE.not_in(asked))) == sorted(set(TAKEN) - set(asked))


async def test_pairs_are_looked_up_by_the_index(session: AsyncSession) -> None:
    connection = await session.connection()
    query = ROWS.where(PLACE.in_(TAKEN)).compile(
        dialect=connection.dialect, compile_kwargs={"render_postcompile": True}
    )
    plan = await connection.exec_driver_sql(
        f"EXPLAIN QUERY PLAN {query}", tuple(value for pair in TAKEN for value in pair)
    )
    steps = [row.detail for row in plan]
    assert any(step.startswith("SEARCH seats USING") and "(row=? AND column=?)" in step for step in steps), steps
    assert not any(step.startswith("SCAN seats") for step in steps), steps
