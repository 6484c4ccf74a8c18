"""Dead letters: facts a group could not take, with the reason; looked at, tried again or dropped by an operator."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, CursorResult, delete, insert, select

from clubkit.contracts.base import Contract
from clubkit.db.models import DeadLetterRow, InboxRow, OutboxRow
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import new_id
from clubkit.log import parking
from clubkit.log.errors import NoSuchLetter
from clubkit.log.port import Record
from clubkit.log.topics import dead_letters_of
from clubkit.observability.metrics import facts_refused


class Buried(Contract):
    """What the topic of a group's dead letters holds."""

    group: str
    fact_id: str
    topic: str
    type: str
    payload: str
    reason: str
    at: datetime


async def bury(work: UnitOfWork, group: str, record: Record, reason: str) -> None:
    """Puts a fact to the dead letters, and the news of it on the group's topic. It counts as taken."""
    letter = {
        "group": group, "fact_id": record.fact_id, "topic": record.topic, "key": record.key, "type": record.type,
        "payload": record.payload, "reason": reason, "at": work.now,
    }  # fmt: skip
    await work.session.execute(insert(DeadLetterRow), [letter])
    await insert_or_ignore(work.session, InboxRow, [{"group": group, "fact_id": record.fact_id}])
    news = Buried(**{name: value for name, value in letter.items() if name != "key"})
    row = {
        "fact_id": new_id(), "topic": dead_letters_of(group), "key": record.key, "type": "Buried.v1",
        "payload": news.model_dump_json(), "trace_id": record.trace_id, "at": work.now,
    }  # fmt: skip
    await work.session.execute(insert(OutboxRow), [row])
    facts_refused.labels(group).inc()


async def letters(work: UnitOfWork, group: str = "", *, limit: int = 1000) -> Sequence[DeadLetterRow]:
    """Oldest first; of all groups if none is named."""
    query = select(DeadLetterRow).where(_of(group)).order_by(DeadLetterRow.id).limit(limit)
    return (await work.session.scalars(query)).all()


async def letter(work: UnitOfWork, number: int) -> DeadLetterRow:
    """Raises NoSuchLetter."""
    if (row := await work.session.get(DeadLetterRow, number)) is None:
        raise NoSuchLetter(number)
    return row


async def try_again(work: UnitOfWork, rows: Sequence[DeadLetterRow]) -> None:
    """Hands letters back to their groups, which take them as soon as they look, behind what waits with the same key."""
    for row in rows:
        record = Record(row.id, row.fact_id, row.topic, row.key, row.type, row.payload, "", row.at)
        taken = (InboxRow.group == row.group) & (InboxRow.fact_id == row.fact_id)
        await work.session.execute(delete(InboxRow).where(taken))
        await parking.park(work, row.group, [record], attempts=0)
        await work.session.delete(row)


async def drop(work: UnitOfWork, numbers: Sequence[int]) -> int:
    """Forgets letters for good; answers how many there were."""
    done = await work.session.execute(delete(DeadLetterRow).where(DeadLetterRow.id.in_(numbers)))
    return cast("CursorResult[object]", done).rowcount


def _of(group: str) -> ColumnElement[bool]:
    return DeadLetterRow.group == group if group else DeadLetterRow.id > 0
