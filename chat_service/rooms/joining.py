"""The rules of who comes into a room, who goes, and who runs it."""

from collections.abc import Collection, Sequence

from chat_service.rooms import noticing, telling
from chat_service.rooms.errors import NobodyThere, RoomNotFound
from chat_service.rooms.making import check_of_club, put_in
from chat_service.rooms.managing_errors import Barred, NotAMember, NotForThisKind, NotJoinable, NotYours, RoomFull
from chat_service.rooms.managing_schemas import MOST_IN_GROUP
from chat_service.rooms.managing_store import ManagingStore
from chat_service.rooms.models import RoomRow
from chat_service.rooms.rights import RANK, Place, place, rank_of, role_in_club
from chat_service.rooms.schemas import RoomRole
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, RoomId


async def join(work: UnitOfWork, caller: Caller, room_id: RoomId) -> None:
    """A public room takes every member of its club. Again changes nothing.

    Raises RoomNotFound (also for a room of a club she is not in), NotJoinable, Barred.
    """
    room = await ManagingStore(work).room(room_id, lock=True)
    if room is None or room.club_id is None:
        raise RoomNotFound
    role = await role_in_club(work, ClubId(room.club_id), caller.member_id)
    if role is None or (room.kind != "public" and await _is_out(work, room_id, caller.member_id)):
        raise RoomNotFound
    if room.kind != "public":
        raise NotJoinable
    await _let_in(work, caller, room, [caller.member_id])


async def invite(work: UnitOfWork, caller: Caller, room_id: RoomId, member_ids: Sequence[MemberId]) -> list[MemberId]:
    """Brings members in: into a group by anybody in it, elsewhere by who runs the room. Answers who is new.

    Raises RoomNotFound, NotYours, NotForThisKind, NotOfTheClub, NobodyThere, RoomFull, Barred.
    """
    where = await place(work, room_id, caller.member_id, lock=True)
    if where.room.kind in ("direct", "club", "event"):
        raise NotForThisKind("Nobody is asked into this room: who is in it follows from elsewhere.")
    where.require(where.manages or (where.mine is not None and where.room.kind in ("group", "public")))
    wanted = list(dict.fromkeys(member_ids))
    if where.club_id:
        await check_of_club(work, where.club_id, wanted)
    else:
        await _check_group(work, where, wanted)
    return await _let_in(work, caller, where.room, wanted)


async def leave(work: UnitOfWork, caller: Caller, room_id: RoomId) -> None:
    """Raises RoomNotFound, NotForThisKind. Where the last owner goes, who was there longest keeps the room."""
    where = await place(work, room_id, caller.member_id, lock=True)
    if where.mine is None:
        raise RoomNotFound
    if where.room.kind in ("direct", "club"):
        raise NotForThisKind("You are in this room as long as you are in the club, or in the talk of two. Mute it.")
    was_owner = where.mine.role == "owner"
    await noticing.say(work, room_id, caller, "left", members=[caller.member_id])
    await take_out(work, [room_id], caller.member_id)
    if was_owner:
        await _keep_an_owner(work, room_id)


async def remove(work: UnitOfWork, caller: Caller, room_id: RoomId, member_id: MemberId) -> None:
    """Takes somebody out who stands below the asker. Raises RoomNotFound, NotYours, NotAMember, NotForThisKind."""
    where = await place(work, room_id, caller.member_id, lock=True)
    where.require(where.manages)
    if where.room.kind in ("direct", "club"):
        raise NotForThisKind("Who is in the club is in this room. Bar them from it, or take them out of the club.")
    await require_above(work, where, member_id)
    if not await ManagingStore(work).rows_in(room_id, [member_id]):
        raise NotAMember
    await noticing.say(work, room_id, caller, "removed", members=[member_id])
    await take_out(work, [room_id], member_id)


async def set_role(work: UnitOfWork, caller: Caller, room_id: RoomId, member_id: MemberId, role: RoomRole) -> None:
    """Owners say who moderates and who owns beside them. Raises RoomNotFound, NotYours, NotAMember, NotForThisKind."""
    where = await place(work, room_id, caller.member_id, lock=True)
    where.require(where.owns)
    if where.room.kind in ("direct", "club"):
        raise NotForThisKind("Roles in this room are the club's own.")
    if not await ManagingStore(work).rows_in(room_id, [member_id]):
        raise NotAMember
    await ManagingStore(work).set_role(room_id, member_id, role)
    await noticing.say(work, room_id, caller, "role", members=[member_id], role=role)
    if role != "owner":
        await _keep_an_owner(work, room_id)
    telling.changed(work, room_id)


async def take_out(work: UnitOfWork, room_ids: Collection[RoomId], member_id: MemberId) -> list[RoomId]:
    """Out of these rooms at once, on every process; answers those she was in."""
    left = await ManagingStore(work).leave(room_ids, member_id)
    for room_id in left:
        telling.went(work, member_id, room_id)
    return left


async def require_above(work: UnitOfWork, where: Place, member_id: MemberId) -> None:
    """Raises NotYours unless the asker stands above that member; owners may also act on each other."""
    theirs = await rank_of(work, where, member_id)
    if theirs >= where.rank and where.rank < RANK["owner"]:
        raise NotYours


async def _let_in(work: UnitOfWork, caller: Caller, room: RoomRow, member_ids: Sequence[MemberId]) -> list[MemberId]:
    room_id, store = RoomId(room.id), ManagingStore(work)
    for member_id in member_ids:
        row = await store.row(room_id, member_id)
        if row and row.barred_until and row.barred_until > work.now:
            raise Barred
    new = await put_in(work, room_id, member_ids)
    if new:
        await noticing.say(work, room_id, caller, "joined", members=new)
    return new


async def _check_group(work: UnitOfWork, where: Place, wanted: Sequence[MemberId]) -> None:
    store = ManagingStore(work)
    if len(await store.known(wanted)) < len(wanted):
        raise NobodyThere
    there = {row.member_id for row, _ in await store.people(where.room_id, MOST_IN_GROUP)}
    if len(there | set(wanted)) > MOST_IN_GROUP:
        raise RoomFull(MOST_IN_GROUP)


async def _is_out(work: UnitOfWork, room_id: RoomId, member_id: MemberId) -> bool:
    return not await ManagingStore(work).rows_in(room_id, [member_id])


async def _keep_an_owner(work: UnitOfWork, room_id: RoomId) -> None:
    store = ManagingStore(work)
    if await store.owners(room_id):
        return
    if heir := await store.longest_there(room_id):
        await store.set_role(room_id, MemberId(heir.member_id), "owner")
