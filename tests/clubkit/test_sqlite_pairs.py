"""Rows of SQLite by several columns at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import Select

from tests.sqlite_plans import plan_of, tables_of

SEATS = Table("seats", MetaData(), *(Column(name, String, primary_key=True) for name in ("row", "column")),
              Column("guests", Integer))  # fmt: skip
PLACE = tuple_(SEATS.c.row, SEATS.c.column)
TAKEN = [("a", "1"), ("a", "2"), ("b", "1"), ("c", "3")]


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[AsyncSession]:
    async with tables_of(SEATS.metadata, tmp_path) as session:
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
    steps = await plan_of(session, f"{query}", [value for pair in TAKEN for value in pair])
    assert any(step.startswith("SEARCH seats USING") and "(row=? AND column=?)" in step for step in steps), steps
    assert not any(step.startswith("SCAN seats") for step in steps), steps
