"""Rooms as those who keep them see them, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from chat_service.rooms.models import PersonRow, RoomMemberRow, RoomRow
from chat_service.rooms.schemas import RoomRole
from chat_service.rooms.store import is_in, is_out
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, EventId, MemberId, RoomId


class ManagingStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def room(self, room_id: RoomId, *, lock: bool = False) -> RoomRow | None:
        """lock: nobody else changes the room, or who is in it, until this work ends."""
        return await self._session.get(RoomRow, room_id, with_for_update=lock, populate_existing=lock)

    async def row(self, room_id: RoomId, member_id: MemberId) -> RoomMemberRow | None:
        """Also of who is gone or barred."""
        return await self._session.get(RoomMemberRow, (room_id, member_id), populate_existing=True)

    async def rows_in(self, room_id: RoomId, member_ids: Collection[MemberId]) -> list[MemberId]:
        """Those of them who are in."""
        query = select(RoomMemberRow.member_id).where(
            RoomMemberRow.room_id == room_id, RoomMemberRow.member_id.in_(member_ids), is_in(self._now)
        )
        return [MemberId(member_id) for member_id in await self._session.scalars(query)]

    async def known(self, member_ids: Collection[MemberId]) -> set[str]:
        query = select(PersonRow.member_id).where(PersonRow.member_id.in_(member_ids))
        return set(await self._session.scalars(query))

    async def names(self, member_ids: Collection[MemberId]) -> dict[str, str]:
        query = select(PersonRow.member_id, PersonRow.name).where(PersonRow.member_id.in_(member_ids))
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def by_handle(self, handle: str) -> PersonRow | None:
        return await self._session.scalar(select(PersonRow).where(PersonRow.handle == handle).limit(1))

    async def enter(self, room_id: RoomId, member_id: MemberId, role: RoomRole, read_seq: int) -> bool:
        """Puts her in as she is to be there; False when she was in already, or is barred."""
        row = {
            "room_id": room_id, "member_id": member_id, "role": role, "gone": False, "version": 1,
            "read_seq": read_seq, "joined_at": self._now,
        }  # fmt: skip
        if await insert_or_ignore(self._session, RoomMemberRow, [row]):
            return True
        mine = (RoomMemberRow.room_id == room_id, RoomMemberRow.member_id == member_id, is_out(self._now))
        back: dict[str, Any] = {"role": role, "gone": False, "version": RoomMemberRow.version + 1}
        back |= {"joined_at": self._now, "level": None, "quiet_until": None}
        changed: Any = await self._session.execute(update(RoomMemberRow).where(*mine).values(**back))
        return bool(changed.rowcount)

    async def leave(self, room_ids: Collection[RoomId], member_id: MemberId) -> list[RoomId]:
        """Takes her out of these rooms; answers those she was in."""
        mine = (RoomMemberRow.room_id.in_(room_ids), RoomMemberRow.member_id == member_id, ~RoomMemberRow.gone)
        gone = {"gone": True, "role": "member", "version": RoomMemberRow.version + 1}
        left = update(RoomMemberRow).where(*mine).values(**gone).returning(RoomMemberRow.room_id)
        return [RoomId(room_id) for room_id in await self._session.scalars(left)]

    async def set_role(self, room_id: RoomId, member_id: MemberId, role: RoomRole) -> None:
        mine = (RoomMemberRow.room_id == room_id, RoomMemberRow.member_id == member_id)
        change = update(RoomMemberRow).where(*mine).values(role=role, version=RoomMemberRow.version + 1)
        await self._session.execute(change)

    async def keep_out(self, room_ids: Collection[RoomId], member_id: MemberId, until: datetime | None) -> None:
        """Bars her from these rooms until then, also from those she was never in; None lets her in again."""
        if until is not None:
            rows = [
                {
                    "room_id": room_id, "member_id": member_id, "role": "member", "gone": True, "version": 0,
                    "read_seq": 0, "joined_at": self._now,
                }
                for room_id in room_ids
            ]  # fmt: skip
            await insert_or_ignore(self._session, RoomMemberRow, rows)
        await self._set(room_ids, member_id, barred_until=until)

    async def silenced_in(self, room_id: RoomId, member_ids: Collection[MemberId]) -> dict[MemberId, datetime]:
        """Those of them who read only there, and until when."""
        row = RoomMemberRow
        query = select(row.member_id, row.silenced_until).where(
            row.room_id == room_id, row.member_id.in_(member_ids), row.silenced_until > self._now
        )
        return {MemberId(member_id): until for member_id, until in await self._session.execute(query) if until}

    async def silence(self, room_ids: Collection[RoomId], member_id: MemberId, until: datetime | None) -> None:
        await self._set(room_ids, member_id, silenced_until=until)

    async def _set(self, room_ids: Collection[RoomId], member_id: MemberId, **values: Any) -> None:
        mine = (RoomMemberRow.room_id.in_(room_ids), RoomMemberRow.member_id == member_id)
        await self._session.execute(update(RoomMemberRow).where(*mine).values(**values))

    async def people(self, room_id: RoomId, limit: int) -> Sequence[tuple[RoomMemberRow, PersonRow]]:
        query = (
            select(RoomMemberRow, PersonRow)
            .join(PersonRow, PersonRow.member_id == RoomMemberRow.member_id)
            .where(RoomMemberRow.room_id == room_id, is_in(self._now))
            .order_by(PersonRow.name, PersonRow.member_id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in await self._session.execute(query)]

    async def kept_out(self, room_id: RoomId, limit: int) -> Sequence[tuple[RoomMemberRow, PersonRow]]:
        """Who is barred now, by name."""
        query = (
            select(RoomMemberRow, PersonRow)
            .join(PersonRow, PersonRow.member_id == RoomMemberRow.member_id)
            .where(RoomMemberRow.room_id == room_id, RoomMemberRow.barred_until > self._now)
            .order_by(PersonRow.name, PersonRow.member_id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in await self._session.execute(query)]

    async def owners(self, room_id: RoomId) -> int:
        mine = (RoomMemberRow.room_id == room_id, RoomMemberRow.role == "owner", is_in(self._now))
        return await self._session.scalar(select(func.count()).where(*mine)) or 0

    async def longest_there(self, room_id: RoomId) -> RoomMemberRow | None:
        query = select(RoomMemberRow).where(RoomMemberRow.room_id == room_id, is_in(self._now))
        return await self._session.scalar(query.order_by(RoomMemberRow.joined_at, RoomMemberRow.member_id).limit(1))

    async def clubs_of(self, member_id: MemberId) -> dict[ClubId, RoomRole]:
        """The clubs she is in, by her standing in their first rooms."""
        query = (
            select(RoomRow.club_id, RoomMemberRow.role)
            .join(RoomMemberRow, RoomMemberRow.room_id == RoomRow.id)
            .where(RoomRow.kind == "club", RoomMemberRow.member_id == member_id, is_in(self._now))
        )
        return {ClubId(club_id): role for club_id, role in await self._session.execute(query) if club_id}

    async def of_club(self, club_id: ClubId, *, lock: bool = False) -> Sequence[RoomRow]:
        """Every room of a club, archived ones too. lock: nobody else changes them meanwhile."""
        query = select(RoomRow).where(RoomRow.club_id == club_id).order_by(RoomRow.id)
        return (await self._session.scalars(query.with_for_update() if lock else query)).all()

    async def moderated(self, member_id: MemberId, club_ids: Collection[ClubId]) -> dict[RoomId, str]:
        """Rooms of these clubs, and those she runs herself, with their titles."""
        mine = (
            select(RoomMemberRow.room_id)
            .where(RoomMemberRow.member_id == member_id, is_in(self._now))
            .where(RoomMemberRow.role.in_(("owner", "moderator")))
        )
        query = select(RoomRow.id, RoomRow.title).where(or_(RoomRow.club_id.in_(club_ids), RoomRow.id.in_(mine)))
        return {RoomId(row[0]): row[1] for row in await self._session.execute(query)}

    async def moderators(self, room_id: RoomId, club_room: RoomId, limit: int) -> list[MemberId]:
        """Who runs this room: by her role in it, or as one of the club's owners and admins."""
        row = RoomMemberRow
        here = (row.room_id == room_id) & row.role.in_(("owner", "moderator"))
        club = (row.room_id == club_room) & row.role.in_(("owner", "admin"))
        query = select(row.member_id).where(or_(here, club), is_in(self._now)).distinct().order_by(row.member_id)
        return [MemberId(member_id) for member_id in await self._session.scalars(query.limit(limit))]

    async def open_in(self, club_ids: Collection[ClubId], limit: int) -> Sequence[RoomRow]:
        query = select(RoomRow).where(RoomRow.club_id.in_(club_ids), RoomRow.kind == "public")
        return (await self._session.scalars(query.order_by(func.lower(RoomRow.title), RoomRow.id).limit(limit))).all()

    async def of_events(self, event_ids: Collection[EventId]) -> dict[EventId, RoomRow]:
        """The talks of those events that have one, held until this work ends."""
        query = select(RoomRow).where(RoomRow.event_id.in_(event_ids)).order_by(RoomRow.id).with_for_update()
        return {EventId(room.event_id or ""): room for room in await self._session.scalars(query)}

    async def keeping_for_days(self) -> Sequence[RoomRow]:
        query = select(RoomRow).where(RoomRow.keep_days.is_not(None)).order_by(RoomRow.id)
        return (await self._session.scalars(query)).all()
