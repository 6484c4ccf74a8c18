"""Rooms, memberships and names in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BindParameter, ColumnElement, Table, and_, bindparam, func, or_, select, update

from chat_service.rooms.models import PersonRow, RoomMemberRow, RoomRow
from clubkit.contracts.social import ProfileChanged
from clubkit.db.evening import evened
from clubkit.db.locks import hold
from clubkit.db.types import UtcDateTime
from clubkit.db.upsert import insert_or_ignore, upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, RoomId


class RoomStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def membership(self, room_id: RoomId, member_id: MemberId) -> tuple[RoomRow, RoomMemberRow] | None:
        wanted = {"room": room_id, "member": member_id, "now": self._now}
        row = (await self._session.execute(_MEMBERSHIP, wanted)).first()
        return (row[0], row[1]) if row else None

    async def memberships(self, member_id: MemberId) -> Sequence[tuple[RoomRow, RoomMemberRow]]:
        query = (
            select(RoomRow, RoomMemberRow)
            .join(RoomMemberRow, RoomMemberRow.room_id == RoomRow.id)
            .where(RoomMemberRow.member_id == member_id, is_in(self._now))
        )
        return [(room, mine) for room, mine in await self._session.execute(query)]

    async def room_ids_of_each(self, member_ids: Collection[MemberId]) -> dict[MemberId, frozenset[RoomId]]:
        wanted = {"members": evened(member_ids), "now": self._now}
        found: dict[MemberId, set[RoomId]] = {member_id: set() for member_id in member_ids}
        for member_id, room_id in await self._session.execute(_ROOM_IDS_OF_EACH, wanted):
            found[MemberId(member_id)].add(RoomId(room_id))
        return {member_id: frozenset(rooms) for member_id, rooms in found.items()}

    async def members(self, room_id: RoomId) -> list[MemberId]:
        query = select(RoomMemberRow.member_id).where(RoomMemberRow.room_id == room_id, is_in(self._now))
        return [MemberId(member_id) for member_id in await self._session.scalars(query)]

    async def size(self, room_id: RoomId, enough: int) -> int:
        """How many are in the room; counted no further than one above `enough`."""
        some = select(RoomMemberRow.member_id).where(RoomMemberRow.room_id == room_id, is_in(self._now))
        return await self._session.scalar(select(func.count()).select_from(some.limit(enough + 1).subquery())) or 0

    async def pointers(self, room_id: RoomId, limit: int) -> dict[MemberId, int]:
        query = select(RoomMemberRow.member_id, RoomMemberRow.read_seq)
        rows = await self._session.execute(query.where(RoomMemberRow.room_id == room_id, is_in(self._now)).limit(limit))
        return {MemberId(member_id): read_seq for member_id, read_seq in rows}

    async def sizes(self, room_ids: Collection[str]) -> dict[str, int]:
        query = (
            select(RoomMemberRow.room_id, func.count())
            .where(RoomMemberRow.room_id.in_(room_ids), is_in(self._now))
            .group_by(RoomMemberRow.room_id)
        )
        return {str(row[0]): int(row[1]) for row in await self._session.execute(query)}

    async def others(self, room_ids: Collection[str], member_id: MemberId) -> dict[str, list[PersonRow]]:
        query = (
            select(RoomMemberRow.room_id, PersonRow)
            .join(PersonRow, PersonRow.member_id == RoomMemberRow.member_id)
            .where(RoomMemberRow.room_id.in_(room_ids), RoomMemberRow.member_id != member_id, is_in(self._now))
        )
        found: dict[str, list[PersonRow]] = {}
        for room_id, person in await self._session.execute(query):
            found.setdefault(room_id, []).append(person)
        return found

    async def club_room(self, club_id: ClubId) -> RoomRow | None:
        return await self._session.scalar(select(RoomRow).where(RoomRow.club_id == club_id, RoomRow.kind == "club"))

    async def add_room(self, room: RoomRow) -> bool:
        """False when it is there already (by id, or by the pair of a direct talk)."""
        values = {column.key: getattr(room, column.key) for column in RoomRow.__table__.columns}
        given = {name: value for name, value in values.items() if value is not None}
        return bool(await insert_or_ignore(self._session, RoomRow, [given]))

    async def room_of_pair(self, pair_key: str) -> RoomRow | None:
        """Holds the pair: of two who open their talk at once, the second finds the first one's."""
        await hold(self._session, f"chat pair {pair_key}")
        return await self._session.scalar(select(RoomRow).where(RoomRow.pair_key == pair_key))

    async def set_membership(
        self, room_id: RoomId, member_id: MemberId, *, role: str, gone: bool, version: int, read_seq: int
    ) -> None:
        """Newer standings win; a member who comes back keeps how far she had read."""
        row = {
            "room_id": room_id, "member_id": member_id, "role": role, "gone": gone, "version": version,
            "read_seq": read_seq, "joined_at": self._now,
        }  # fmt: skip
        if await insert_or_ignore(self._session, RoomMemberRow, [row]):
            return
        mine = (
            RoomMemberRow.room_id == room_id,
            RoomMemberRow.member_id == member_id,
            RoomMemberRow.version < version,
        )
        change = update(RoomMemberRow).where(*mine).values(role=role, gone=gone, version=version)
        await self._session.execute(change)

    async def person(self, member_id: MemberId) -> PersonRow | None:
        return await self._session.get(PersonRow, member_id)

    async def put_people(self, profiles: Sequence[ProfileChanged]) -> None:
        newest = {profile.member_id: profile for profile in profiles}
        rows = [
            {
                "member_id": p.member_id,
                "handle": p.handle,
                "name": p.name,
                "hue": p.hue,
                "avatar_url": p.avatar_url,
            }
            for p in newest.values()
        ]
        await upsert(self._session, PersonRow, rows, keys=["member_id"])


def is_in(now: datetime | BindParameter[datetime], row: Any = RoomMemberRow) -> ColumnElement[bool]:
    """Neither gone nor barred. row: the columns, where they go by another name."""
    return and_(row.gone.is_(False), or_(row.barred_until.is_(None), row.barred_until <= now))


# Asked of every message that is sent, or by every socket that comes: so built once.
_ROOMS = cast("Table", RoomRow.__table__)
_MEMBERS = cast("Table", RoomMemberRow.__table__)
_ROOM_IDS_OF_EACH = (
    select(_MEMBERS.c.member_id, _MEMBERS.c.room_id)
    .join(_ROOMS, _ROOMS.c.id == _MEMBERS.c.room_id)
    .where(
        _MEMBERS.c.member_id.in_(bindparam("members", expanding=True)),
        is_in(bindparam("now", type_=UtcDateTime), _MEMBERS.c),
    )
)
_MEMBERSHIP = (
    select(RoomRow, RoomMemberRow)
    .join(RoomMemberRow, RoomMemberRow.room_id == RoomRow.id)
    .where(
        RoomRow.id == bindparam("room"),
        RoomMemberRow.member_id == bindparam("member"),
        is_in(bindparam("now", type_=UtcDateTime)),
    )
)


def is_out(now: datetime) -> ColumnElement[bool]:
    """Gone, and not kept out: she may come in."""
    row = RoomMemberRow
    return row.gone.is_(True) & or_(row.barred_until.is_(None), row.barred_until <= now)
