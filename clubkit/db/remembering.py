"""Rows by id, asked for once in a unit of work: cards of many kinds name the same clubs and members."""

from collections.abc import Collection
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

R = TypeVar("R", bound=DeclarativeBase)


async def rows_by_id(session: AsyncSession, model: type[R], ids: Collection[str]) -> dict[str, R]:
    """Those that exist, by their (single) primary key. Only what this session has not read yet is asked for.

    What is not there is asked for again: it may come to be later in the same transaction.
    """
    known: dict[str, R] = session.info.setdefault(("rows_by_id", model), {})
    if missing := set(ids) - known.keys():
        query, key = _asking(model)
        known.update({getattr(row, key): row for row in await session.scalars(query, {"ids": list(missing)})})
    return {each: known[each] for each in ids if each in known}


@cache
def _asking(model: type[DeclarativeBase]) -> tuple[Select[Any], str]:
    """The statement and the name of its key, built once: building it takes longer than running it."""
    column: Any = model.__mapper__.primary_key[0]
    return select(model).where(column.in_(bindparam("ids", expanding=True))), column.key
