"""The rules of making rooms."""

from collections.abc import Sequence

from chat_service.moderation import gate
from chat_service.rooms import noticing, telling
from chat_service.rooms.errors import NobodyThere
from chat_service.rooms.managing_errors import (
    ClubNeeded,
    NotInClub,
    NotOfTheClub,
    NotYours,
    RoomFull,
    TitleNeeded,
    TitleTaken,
    TooManyRooms,
)
from chat_service.rooms.managing_schemas import MOST_IN_GROUP, MakeRoom
from chat_service.rooms.managing_store import ManagingStore
from chat_service.rooms.models import RoomRow
from chat_service.rooms.rights import role_in_club
from chat_service.rooms.service import club_room_id
from chat_service.rooms.store import RoomStore
from clubkit.db.locks import hold
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, RoomId, new_id

MOST_ROOMS = 200
"""Of a club, archived ones not counted."""
GROUP_HUE = 260


async def make_room(work: UnitOfWork, caller: Caller, wish: MakeRoom) -> RoomId:
    """Makes a room with its maker as owner and the others in it.

    Any member of a club opens public and private rooms, teams are for its admins; a group needs no club.
    Raises NotInClub, NotYours, ClubNeeded, TitleNeeded, TitleTaken, TooManyRooms, NotOfTheClub, RoomFull, NobodyThere,
    WordsRefused.
    """
    others = [member_id for member_id in dict.fromkeys(wish.members) if member_id != caller.member_id]
    room = await _group(work, caller, wish, others) if wish.kind == "group" else await _of_club(work, caller, wish)
    room_id = RoomId(room.id)
    if room.club_id:
        await check_of_club(work, ClubId(room.club_id), others)
    await RoomStore(work).add_room(room)
    await put_in(work, room_id, [caller.member_id], owner=caller.member_id)
    await noticing.say(work, room_id, caller, "made", title=room.title)
    await put_in(work, room_id, others)
    return room_id


async def put_in(
    work: UnitOfWork, room_id: RoomId, member_ids: Sequence[MemberId], *, owner: MemberId | None = None
) -> list[MemberId]:
    """Puts members in who are not barred, with everything before them as read; answers those who are new."""
    head = await noticing.head_of(work, room_id)
    store, new = ManagingStore(work), []
    for member_id in member_ids:
        if await store.enter(room_id, member_id, "owner" if member_id == owner else "member", head):
            telling.came(work, member_id, room_id)
            new.append(member_id)
    await _stay_silent(work, room_id, new)
    return new


async def _stay_silent(work: UnitOfWork, room_id: RoomId, new: Sequence[MemberId]) -> None:
    """Who may not write in the club's first room does not get round it by coming into another."""
    store = ManagingStore(work)
    room = await store.room(room_id) if new else None
    if room is None or room.club_id is None:
        return
    until = await store.silenced_in(club_room_id(ClubId(room.club_id)), new)
    for member_id, then in until.items():
        await store.silence([room_id], member_id, then)


async def check_of_club(work: UnitOfWork, club_id: ClubId, member_ids: Sequence[MemberId]) -> None:
    """Raises NotOfTheClub."""
    if member_ids and len(await ManagingStore(work).rows_in(club_room_id(club_id), member_ids)) < len(set(member_ids)):
        raise NotOfTheClub


async def title_is_free(work: UnitOfWork, club_id: ClubId, title: str, *, but: str = "") -> None:
    """Two rooms one can write in never share a name. Raises TitleTaken. The club is held."""
    await hold(work.session, f"chat rooms of {club_id}")
    for room in await ManagingStore(work).of_club(club_id):
        if room.id != but and room.archived_at is None and room.title.casefold() == title.casefold():
            raise TitleTaken


async def _group(work: UnitOfWork, caller: Caller, wish: MakeRoom, others: Sequence[MemberId]) -> RoomRow:
    if len(others) >= MOST_IN_GROUP:
        raise RoomFull(MOST_IN_GROUP)
    if not others or len(await ManagingStore(work).known(others)) < len(others):
        raise NobodyThere
    return _row(work, caller, wish, None, GROUP_HUE)


async def _of_club(work: UnitOfWork, caller: Caller, wish: MakeRoom) -> RoomRow:
    if wish.club_id is None:
        raise ClubNeeded
    if wish.title is None:
        raise TitleNeeded
    role = await role_in_club(work, wish.club_id, caller.member_id)
    if role is None:
        raise NotInClub
    if wish.kind == "team" and role not in ("owner", "admin"):
        raise NotYours
    await title_is_free(work, wish.club_id, wish.title)
    rooms = await ManagingStore(work).of_club(wish.club_id)
    if sum(room.archived_at is None for room in rooms) >= MOST_ROOMS:
        raise TooManyRooms(MOST_ROOMS)
    first = next(room for room in rooms if room.kind == "club")
    gate.may_be_called(first.blocked, wish.title, "/title")
    gate.may_be_called(first.blocked, wish.topic, "/topic")
    made = _row(work, caller, wish, wish.club_id, first.hue)
    made.blocked = first.blocked
    return made


def _row(work: UnitOfWork, caller: Caller, wish: MakeRoom, club_id: ClubId | None, hue: int) -> RoomRow:
    return RoomRow(
        id=new_id(work.now), kind=wish.kind, club_id=club_id, title=wish.title or "", hue=hue, pair_key=None,
        created_at=work.now, created_by=caller.member_id, topic=wish.topic,
    )  # fmt: skip
