"""What members want to be told of, in SQL."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select

from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.schemas import Level, RoomKind
from chat_service.rooms.store import is_in
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId


class LevelStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def awake(
        self, room_id: RoomId, member_ids: Collection[MemberId]
    ) -> list[tuple[MemberId, Level | None, RoomKind]]:
        """Those of them who are in the room and do not want quiet now."""
        if not member_ids:
            return []
        query = (
            select(RoomMemberRow.member_id, RoomMemberRow.level, RoomRow.kind)
            .join(RoomRow, RoomRow.id == RoomMemberRow.room_id)
            .where(RoomMemberRow.room_id == room_id, RoomMemberRow.member_id.in_(member_ids), self._listens())
        )
        return [(MemberId(member_id), level, kind) for member_id, level, kind in await self._session.execute(query)]

    async def wanting_all(self, room_id: RoomId, *, unless_said: bool, limit: int) -> list[MemberId]:
        asked: ColumnElement[bool] = RoomMemberRow.level == "all"
        if unless_said:
            asked = or_(asked, RoomMemberRow.level.is_(None))
        query = select(RoomMemberRow.member_id).where(RoomMemberRow.room_id == room_id, asked, self._listens())
        found = await self._session.scalars(query.order_by(RoomMemberRow.member_id).limit(limit))
        return [MemberId(member_id) for member_id in found]

    def _listens(self) -> ColumnElement[bool]:
        row = RoomMemberRow
        return is_in(self._now) & or_(row.quiet_until.is_(None), row.quiet_until <= self._now)
