"""The rules of what a member is told of besides the push: per room all, mentions or nothing, and quiet for a while."""

from collections.abc import Collection
from datetime import timedelta

from chat_service.rooms import telling
from chat_service.rooms.errors import RoomNotFound
from chat_service.rooms.levels_store import LevelStore
from chat_service.rooms.managing_schemas import LevelSet, SetLevel
from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.schemas import TALKS, Level, RoomKind
from chat_service.rooms.store import RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId

MOST_TOLD = 200
"""Members told of every message of a room in their notifications; the others see it in the list of their rooms."""
MOST_CALLED = 1_000
"""Members told that one message calls a whole room or team. It counts as a mention for all of them, however many."""


def usual(kind: RoomKind) -> Level:
    return "all" if kind in TALKS else "mentions"


def level_of(room: RoomRow, mine: RoomMemberRow) -> Level:
    return mine.level or usual(room.kind)


async def set_level(work: UnitOfWork, member_id: MemberId, room_id: RoomId, wish: SetLevel) -> LevelSet:
    """Raises RoomNotFound."""
    found = await RoomStore(work).membership(room_id, member_id)
    if found is None:
        raise RoomNotFound
    room, mine = found
    mine.level = wish.level
    mine.quiet_until = work.now + timedelta(minutes=wish.quiet_minutes) if wish.quiet_minutes else None
    telling.tell(work, member_id, room_id)
    return LevelSet(room=room_id, level=level_of(room, mine), quiet_until=mine.quiet_until)


async def to_tell(
    work: UnitOfWork, room_id: RoomId, candidates: Collection[MemberId], mentioned: Collection[MemberId]
) -> tuple[MemberId, ...]:
    """Of these members, those in the room who want to be told of a message that names `mentioned`.

    Bounded, but for who is named.
    """
    named = set(mentioned)
    told, others = [], []
    for member_id, level, kind in await LevelStore(work).awake(room_id, candidates):
        wants = level or usual(kind)
        if member_id in named and wants != "none":
            told.append(member_id)
        elif wants == "all":
            others.append(member_id)
    return (*sorted(told), *sorted(others)[:MOST_TOLD])


async def called(work: UnitOfWork, room_id: RoomId, crowd: RoomId) -> list[MemberId]:
    """Of a room's members those to be told that all of `crowd` are called: the room itself, or the room of a team."""
    return await LevelStore(work).called(room_id, crowd, limit=MOST_CALLED)


async def who_wants_all(work: UnitOfWork, room_id: RoomId, kind: RoomKind) -> list[MemberId]:
    """Those to be told of every message: in a talk whoever did not say otherwise, elsewhere whoever asked for it."""
    return await LevelStore(work).wanting_all(room_id, unless_said=usual(kind) == "all", limit=MOST_TOLD)
