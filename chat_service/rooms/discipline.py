"""What moderation changes about rooms and who is in them. Who may, and the record of it, is moderation's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chat_service.rooms import noticing, telling
from chat_service.rooms.managing_errors import NotAMember, NotForThisKind, NotInClub
from chat_service.rooms.managing_store import ManagingStore
from chat_service.rooms.rights import Place, place, rank_of, role_in_club
from chat_service.rooms.service import club_room_id
from chat_service.rooms.store import RoomStore
from clubkit.db.locks import hold
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, RoomId


async def held(work: UnitOfWork, room_id: RoomId, member_id: MemberId) -> Place:
    """The room, held until this work ends, and the asker's place. Raises RoomNotFound."""
    return await place(work, room_id, member_id, lock=True)


async def is_above(work: UnitOfWork, where: Place, member_id: MemberId) -> bool:
    return await rank_of(work, where, member_id) < where.rank


async def rooms_of(work: UnitOfWork, club_id: ClubId) -> list[RoomId]:
    return [RoomId(room.id) for room in await ManagingStore(work).of_club(club_id)]


async def slow(work: UnitOfWork, caller: Caller, where: Place, seconds: int) -> None:
    """Raises NotForThisKind."""
    if where.room.kind == "direct":
        raise NotForThisKind("A talk of two is as fast as the two of you.")
    where.room.slow_seconds = seconds
    await noticing.say(work, where.room_id, caller, "slow_mode", seconds=seconds)
    telling.changed(work, where.room_id)


async def silence(
    work: UnitOfWork, caller: Caller, room_ids: Sequence[RoomId], member_id: MemberId, until: datetime | None
) -> None:
    """until None: she may write again. Said in the first of the rooms. Raises NotAMember."""
    store = ManagingStore(work)
    if until is not None and not await store.rows_in(room_ids[0], [member_id]):
        raise NotAMember
    await store.silence(room_ids, member_id, until)
    what = "silenced" if until else "unsilenced"
    await noticing.say(work, room_ids[0], caller, what, members=[member_id], until=until.isoformat() if until else None)
    telling.tell(work, member_id, room_ids[0])


async def bar(
    work: UnitOfWork, caller: Caller, room_ids: Sequence[RoomId], member_id: MemberId, until: datetime
) -> None:
    store = ManagingStore(work)
    for room_id in room_ids:
        if await store.rows_in(room_id, [member_id]):
            telling.went(work, member_id, room_id)
            await noticing.say(work, room_id, caller, "barred", members=[member_id])
    await store.keep_out(room_ids, member_id, until)


async def unbar(work: UnitOfWork, room_ids: Sequence[RoomId], member_id: MemberId) -> None:
    """She is again where she was, and may come in where she was not."""
    store = ManagingStore(work)
    await store.keep_out(room_ids, member_id, None)
    for room_id in room_ids:
        if await store.rows_in(room_id, [member_id]):
            telling.came(work, member_id, room_id)


async def set_blocked(work: UnitOfWork, caller: Caller, club_id: ClubId, blocked: str) -> RoomId:
    """Into all rooms of the club; answers its first. Raises NotInClub."""
    await _runs(work, caller, club_id)
    await hold(work.session, f"chat rooms of {club_id}")  # one that is being made would not be among them
    for room in await ManagingStore(work).of_club(club_id, lock=True):
        room.blocked = blocked
    return club_room_id(club_id)


async def blocked(work: UnitOfWork, caller: Caller, club_id: ClubId) -> str:
    """Raises NotInClub."""
    await _runs(work, caller, club_id)
    first = await RoomStore(work).club_room(club_id)
    return first.blocked if first else ""


async def keep_days(work: UnitOfWork, caller: Caller, where: Place, days: int | None) -> None:
    """None: for ever."""
    where.room.keep_days = days
    await noticing.say(work, where.room_id, caller, "retention", days=days)
    telling.changed(work, where.room_id)


async def keeping_for_days(work: UnitOfWork) -> list[tuple[RoomId, int]]:
    """The rooms that do not keep everything for ever, and for how many days they do."""
    rooms = await ManagingStore(work).keeping_for_days()
    return [(RoomId(room.id), room.keep_days) for room in rooms if room.keep_days]


async def described(work: UnitOfWork, room_id: RoomId) -> dict[str, Any] | None:
    """What an export says of a room."""
    room = await ManagingStore(work).room(room_id)
    if room is None:
        return None
    return {
        "id": room.id, "kind": room.kind, "club_id": room.club_id, "title": room.title, "topic": room.topic,
        "created_at": room.created_at.isoformat(), "keep_days": room.keep_days,
        "archived_at": room.archived_at.isoformat() if room.archived_at else None,
    }  # fmt: skip


async def moderated_by(work: UnitOfWork, member_id: MemberId) -> dict[RoomId, str]:
    """The rooms she moderates, with their titles: by her role in them, or in their club."""
    clubs = await ManagingStore(work).clubs_of(member_id)
    run = [club_id for club_id, role in clubs.items() if role in ("owner", "admin")]
    return await ManagingStore(work).moderated(member_id, run)


async def moderators_of(work: UnitOfWork, room_id: RoomId, club_id: ClubId, *, limit: int = 50) -> list[MemberId]:
    """Those by whom `moderated_by` holds the room, as far as `limit` goes."""
    return await ManagingStore(work).moderators(room_id, club_room_id(club_id), limit)


async def _runs(work: UnitOfWork, caller: Caller, club_id: ClubId) -> None:
    if await role_in_club(work, club_id, caller.member_id) not in ("owner", "admin"):
        raise NotInClub
