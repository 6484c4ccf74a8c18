"""What members want to be told of, in SQL."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.schemas import Level, RoomKind
from chat_service.rooms.store import is_in
from clubkit.db.types import UtcDateTime
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
            .where(RoomMemberRow.room_id == room_id, RoomMemberRow.member_id.in_(member_ids), listens(self._now))
        )
        return [(MemberId(member_id), level, kind) for member_id, level, kind in await self._session.execute(query)]

    async def wanting_all(self, room_id: RoomId, *, unless_said: bool, limit: int) -> list[MemberId]:
        query = _WANTING_ALL_UNLESS_SAID if unless_said else _WANTING_ALL
        found = await self._session.scalars(query, {"room": room_id, "now": self._now, "most": limit})
        return [MemberId(member_id) for member_id in found]

    async def called(self, room_id: RoomId, crowd: RoomId, *, limit: int) -> list[MemberId]:
        """Those who are in both rooms and want to be told when somebody calls."""
        query = (
            select(RoomMemberRow.member_id)
            .where(RoomMemberRow.room_id == room_id, listens(self._now))
            .where(or_(RoomMemberRow.level.is_(None), RoomMemberRow.level != "none"))
            .order_by(RoomMemberRow.member_id)
            .limit(limit)
        )
        if crowd != room_id:
            theirs = aliased(RoomMemberRow)
            in_crowd = select(theirs.member_id).where(theirs.room_id == crowd, is_in(self._now, theirs))
            query = query.where(RoomMemberRow.member_id.in_(in_crowd))
        return [MemberId(member_id) for member_id in await self._session.scalars(query)]


def listens(now: datetime | BindParameter[datetime], row: Any = RoomMemberRow) -> ColumnElement[bool]:
    """In the room, and not in want of quiet. row: the columns, where they go by another name."""
    return and_(is_in(now, row), or_(row.quiet_until.is_(None), row.quiet_until <= now))


# Asked of every message that is sent, so built once.
_IN_ROOM = (
    select(RoomMemberRow.member_id)
    .where(RoomMemberRow.room_id == bindparam("room"), listens(bindparam("now", type_=UtcDateTime)))
    .order_by(RoomMemberRow.member_id)
    .limit(bindparam("most"))
)
_WANTING_ALL = _IN_ROOM.where(RoomMemberRow.level == "all")
_WANTING_ALL_UNLESS_SAID = _IN_ROOM.where(or_(RoomMemberRow.level == "all", RoomMemberRow.level.is_(None)))
