"""Facts that wait for another try. The log goes on past them; later facts of the same key queue up behind them.

They lie in the database of the group, so that a consumer that dies, or loses the key to another process, loses nothing
and nothing overtakes: whoever takes a fact looks here first, in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, exists, select, update
from sqlalchemy.orm import aliased

from clubkit.db.models import ParkedRow
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.log.port import Record

DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 25, 125))
"""Before each further try of a fact; after the last one it is put to the dead letters."""


async def held_keys(work: UnitOfWork, group: str) -> set[str]:
    """Keys whose facts must wait because an earlier one does."""
    return set(await work.session.scalars(_HELD_KEYS, {"group": group}))


async def park(work: UnitOfWork, group: str, records: Sequence[Record], *, attempts: int, reason: str = "") -> None:
    """Puts facts aside, in their order; attempts: how often each was tried. One that already waits stays as it is."""
    due_at = work.now + (DELAYS[0] if attempts else timedelta())
    rows = [_row(group, record) | {"attempts": attempts, "due_at": due_at, "reason": reason} for record in records]
    await insert_or_ignore(work.session, ParkedRow, rows)


async def first_due(work: UnitOfWork, group: str, *, until: datetime | None) -> ParkedRow | None:
    """The first fact of a key that is due by `until` (None: whenever)."""
    earlier = aliased(ParkedRow)
    in_front = exists().where(earlier.group == ParkedRow.group, earlier.key == ParkedRow.key, earlier.id < ParkedRow.id)
    query = select(ParkedRow).where(ParkedRow.group == group, ~in_front)
    if until is not None:
        query = query.where(ParkedRow.due_at <= until)
    return await work.session.scalar(query.order_by(ParkedRow.due_at, ParkedRow.id).limit(1))


async def claim(work: UnitOfWork, number: int) -> bool:
    """Keeps other processes from it until this work ends. False when one is at it, or has done it."""
    query = select(ParkedRow.id).where(ParkedRow.id == number).with_for_update(skip_locked=True)
    return await work.session.scalar(query) is not None


async def let_go(work: UnitOfWork, number: int) -> None:
    await work.session.execute(delete(ParkedRow).where(ParkedRow.id == number))


async def postpone(work: UnitOfWork, parked: ParkedRow, reason: str) -> None:
    """After another failure: due again later. Not to be called more often than there are delays."""
    values = {"attempts": parked.attempts + 1, "due_at": work.now + DELAYS[parked.attempts], "reason": reason}
    await work.session.execute(update(ParkedRow).where(ParkedRow.id == parked.id).values(values))


def record_of(parked: ParkedRow) -> Record:
    return Record(
        position=parked.id, fact_id=parked.fact_id, topic=parked.topic, key=parked.key, type=parked.type,
        payload=parked.payload, trace_id=parked.trace_id, at=parked.at,
    )  # fmt: skip


def _row(group: str, record: Record) -> dict[str, Any]:
    return {
        "group": group, "fact_id": record.fact_id, "topic": record.topic, "key": record.key, "type": record.type,
        "payload": record.payload, "trace_id": record.trace_id, "at": record.at,
    }  # fmt: skip


# Asked by every group with every batch: so built once.
_PARKED = cast("Table", ParkedRow.__table__)
_HELD_KEYS = select(_PARKED.c.key).where(_PARKED.c.group == bindparam("group")).distinct()
