"""INSERT … ON CONFLICT for both databases: the one place that knows their dialects for it."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase


def _insert(session: AsyncSession, model: type[DeclarativeBase]) -> Any:
    table = cast("Table", model.__table__)
    dialect = session.get_bind().dialect.name
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


async def insert_or_ignore(session: AsyncSession, model: type[DeclarativeBase], rows: Sequence[dict[str, Any]]) -> int:
    """Inserts what is not there yet (by any unique constraint). Answers how many rows were new.

    Rows of one call share their keys; column defaults of the model apply.
    """
    if not rows:
        return 0
    added = 0
    for chunk in _chunks(rows, model):
        statement = _insert(session, model).on_conflict_do_nothing()
        # One row alone is handed over beside the statement, which is then compiled once and not each time.
        done = session.execute(statement, chunk[0]) if len(chunk) == 1 else session.execute(statement.values(chunk))
        added += cast("CursorResult[Any]", await done).rowcount
    return added


async def upsert(
    session: AsyncSession,
    model: type[DeclarativeBase],
    rows: Sequence[dict[str, Any]],
    *,
    keys: Iterable[str],
    only_if_newer: str | None = None,
    keep: Iterable[str] = (),
) -> None:
    """Inserts rows, or overwrites those with the same `keys`; with `only_if_newer`, never by a lower version.

    keep: columns that stay as they are in a row that is there.
    """
    keys, stays = tuple(keys), {*keys, *keep}
    for chunk in _chunks(rows, model):
        statement = _insert(session, model).values(chunk)
        fields = {name: statement.excluded[name] for name in chunk[0] if name not in stays}
        where = None
        if only_if_newer:
            column = model.__table__.c[only_if_newer]
            where = column < statement.excluded[only_if_newer]
        if fields:
            statement = statement.on_conflict_do_update(index_elements=keys, set_=fields, where=where)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        await session.execute(statement)


def _chunks(rows: Sequence[dict[str, Any]], model: type[DeclarativeBase]) -> Iterable[list[dict[str, Any]]]:
    size = max(1, 30_000 // max(1, len(model.__table__.columns)))  # bound variables per statement
    for start in range(0, len(rows), size):
        yield list(rows[start : start + size])
