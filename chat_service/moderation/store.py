"""Reports, deeds and turns in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, or_, select, update

from chat_service.moderation.models import DeedRow, ReportRow, TurnRow
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, RoomId


class ModerationStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def take_turn(self, room_id: RoomId, member_id: MemberId, every: int) -> datetime | None:
        """None when it was hers and she took it; else when she wrote last."""
        row = {"room_id": room_id, "member_id": member_id, "at": self._now}
        if await insert_or_ignore(self._session, TurnRow, [row]):
            return None
        mine = (TurnRow.room_id == room_id, TurnRow.member_id == member_id)
        due = TurnRow.at <= self._now - timedelta(seconds=every)
        taken = await self._session.execute(update(TurnRow).where(*mine, due).values(at=self._now))
        if cast("CursorResult[Any]", taken).rowcount:
            return None
        return await self._session.scalar(select(TurnRow.at).where(*mine))

    async def add_report(self, row: dict[str, Any]) -> bool:
        """False when this member has reported this message before."""
        return bool(await insert_or_ignore(self._session, ReportRow, [row]))

    async def report(self, report_id: str) -> ReportRow | None:
        return await self._session.get(ReportRow, report_id, with_for_update=True)

    async def reports(
        self, room_ids: Collection[RoomId], *, of_no_club: bool, resolved: bool, after: str | None, limit: int
    ) -> Sequence[ReportRow]:
        """Newest first; `of_no_club`: and those of talks that belong to no club."""
        where = ReportRow.room_id.in_(room_ids)
        query = select(ReportRow).where(or_(where, ReportRow.club_id.is_(None)) if of_no_club else where)
        query = query.where(ReportRow.resolved_at.is_not(None) if resolved else ReportRow.resolved_at.is_(None))
        if after:
            query = query.where(ReportRow.id < after)
        return (await self._session.scalars(query.order_by(ReportRow.id.desc()).limit(limit))).all()

    def add_deed(self, deed: DeedRow) -> None:
        self._session.add(deed)

    async def deeds(
        self, *, room_id: RoomId | None, club_id: ClubId | None, after: str | None, limit: int
    ) -> Sequence[DeedRow]:
        """Newest first."""
        where = DeedRow.room_id == room_id if room_id else DeedRow.club_id == club_id
        query = select(DeedRow).where(where)
        if after:
            query = query.where(DeedRow.id < after)
        return (await self._session.scalars(query.order_by(DeedRow.id.desc()).limit(limit))).all()
