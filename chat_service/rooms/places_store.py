"""What a message needs to know of its room and its author, of many at once: one statement of Core, without objects
that would be kept up to date."""

from collections.abc import Collection, Iterable
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, or_, select, tuple_, update

from chat_service.rooms.levels_store import listens
from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.schemas import TALKS, Place, Standing, Who
from chat_service.rooms.store import is_in
from clubkit.db.evening import evened
from clubkit.db.types import UtcDateTime
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, RoomId


class PlaceStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def places(self, asked: Collection[Who]) -> dict[Who, Place]:
        """Of those who are in."""
        found: dict[Who, Place] = {}
        for row in await self._session.execute(_PLACES, {"pairs": evened(asked), "now": self._now}):
            who = (RoomId(row.id), MemberId(row.member_id))
            if who not in found:
                found[who] = Place(_standing(row), [])
            if row.told:
                found[who].told.append(MemberId(row.told))
        return found

    async def move_read_pointers(self, pointers: Iterable[tuple[Who, int]]) -> None:
        """Forward only. Rows are locked in one order, whoever else moves some of them."""
        rows = [{"room": room, "member": member, "read": seq} for (room, member), seq in sorted(pointers)]
        if rows:
            await self._session.execute(_READ_UP_TO, rows[0] if len(rows) == 1 else rows)


def _standing(row: Any) -> Standing:
    return Standing(
        room_id=RoomId(row.id), kind=row.kind, club_id=ClubId(row.club_id) if row.club_id else None, title=row.title,
        read_seq=row.read_seq, role=row.role, archived=row.archived_at is not None, slow_seconds=row.slow_seconds,
        silenced_until=row.silenced_until, blocked=row.blocked,
    )  # fmt: skip


_ROOM = cast("Table", RoomRow.__table__)
_MEMBERS = cast("Table", RoomMemberRow.__table__)
_MINE = _MEMBERS.alias("mine")
_OTHER = _MEMBERS.alias("other")
_NOW = bindparam("now", type_=UtcDateTime)
_TELL_IN_TALKS = and_(
    _OTHER.c.room_id == _ROOM.c.id,
    _ROOM.c.kind.in_(sorted(TALKS)),
    or_(_OTHER.c.level == "all", _OTHER.c.level.is_(None)),
    listens(_NOW, _OTHER.c),
)
_OF_ROOM = [_ROOM.c[name] for name in ("id", "kind", "club_id", "title", "archived_at", "slow_seconds", "blocked")]
_OF_MINE = [_MINE.c[name] for name in ("member_id", "read_seq", "role", "silenced_until")]
_PLACES = (
    select(*_OF_ROOM, *_OF_MINE, _OTHER.c.member_id.label("told"))
    .select_from(_ROOM.join(_MINE, _MINE.c.room_id == _ROOM.c.id).outerjoin(_OTHER, _TELL_IN_TALKS))
    .where(tuple_(_MINE.c.room_id, _MINE.c.member_id).in_(bindparam("pairs", expanding=True)), is_in(_NOW, _MINE.c))
    .order_by(_MINE.c.room_id, _MINE.c.member_id, _OTHER.c.member_id)
)
_READ_UP_TO = (
    update(_MEMBERS)
    .where(
        _MEMBERS.c.room_id == bindparam("room"),
        _MEMBERS.c.member_id == bindparam("member"),
        _MEMBERS.c.read_seq < bindparam("read"),
    )
    .values(read_seq=bindparam("read"))
)
