"""Many values in one statement that reads the same however many they are, so that a server plans it once.

As an array on PostgreSQL, which SQLite does not have: there a longer statement costs next to nothing.
"""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, String, Table, any_, bindparam, func, insert, literal, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute


def among(session: AsyncSession, column: InstrumentedAttribute[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether the column's value is one of these."""
    return column == any_(_texts(values)) if _has_arrays(session) else column.in_(values)


async def insert_each(
    session: AsyncSession, model: type[DeclarativeBase], column: str, values: Sequence[str], **same: str
) -> None:
    """A row for each of the values, `same` in all of them; the model's defaults do not apply."""
    if not values:
        return
    table = cast("Table", model.__table__)
    if not _has_arrays(session):
        await session.execute(insert(table), [{**same, column: value} for value in values])
        return
    names = [*same, column]
    rows = select(*(literal(value, String) for value in same.values()), func.unnest(_texts(values)))
    await session.execute(insert(table).from_select(names, rows, include_defaults=False))


async def insert_new(
    session: AsyncSession, model: type[DeclarativeBase], column: str, values: Sequence[str], **same: str
) -> set[str]:
    """A row for each of the values, all different, that has none yet; answers which those were.

    PostgreSQL is not asked first: it would be at the mercy of a plan, and one that was made while the table was empty
    compares each value with each row, for as long as nobody counts the table anew. An insert asks the unique index.
    """
    if not values:
        return set()
    table = cast("Table", model.__table__)
    if not _has_arrays(session):
        like = (table.c[name] == value for name, value in same.items())
        there = set(await session.scalars(select(table.c[column]).where(*like, table.c[column].in_(values))))
        new = [value for value in values if value not in there]
        await insert_each(session, model, column, new, **same)
        return set(new)
    rows = select(*(literal(value, String) for value in same.values()), func.unnest(_texts(values)))
    statement = postgresql.insert(table).from_select([*same, column], rows, include_defaults=False)
    return set(await session.scalars(statement.on_conflict_do_nothing().returning(table.c[column])))


def _texts(values: Sequence[str]) -> Any:
    return bindparam(None, list(values), type_=ARRAY(String), unique=True)


def _has_arrays(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"
