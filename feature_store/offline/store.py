"""Staged interactions in SQL: kept in the transaction that counted them, until a job has them in a file."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from clubkit.contracts.interactions import MemberInteracted
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from feature_store.offline.models import StagedRow

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def stage(work: UnitOfWork, facts: Sequence[MemberInteracted]) -> None:
    """Keeps interactions in this transaction, until `flush` writes them out."""
    rows = [
        {
            "fact_id": f.fact_id, "at": f.at, "day": (f.at - _EPOCH) // timedelta(days=1), "member_id": f.member_id,
            "kind": f.kind, "item_id": f.item_id, "action": f.action, "club_id": f.club_id, "surface": f.surface,
            "rank_id": f.rank_id, "value": f.value,
        }
        for f in facts
    ]  # fmt: skip
    await insert_or_ignore(work.session, StagedRow, rows)


async def staged(work: UnitOfWork, limit: int) -> list[StagedRow]:
    return list(await work.session.scalars(select(StagedRow).order_by(StagedRow.id).limit(limit)))


async def clear(work: UnitOfWork, rows: Sequence[StagedRow]) -> None:
    ids = (rows[0].id, rows[-1].id)
    await work.session.execute(delete(StagedRow).where(StagedRow.id.between(*ids)))
