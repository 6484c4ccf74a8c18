"""The rules of presence: seen by those who share a room and have it open, and by nobody else."""

from collections.abc import Collection, Iterable, Mapping

from chat_service.presence.schemas import Here, PresenceChanged, Typing
from chat_service.presence.store import Changes, PresenceStore
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId, RoomId
from clubkit.realtime.wire import room_channel

MOST_TOLD = 100
"""Changes of one room that are told one by one; of more, apps ask."""


def viewers_channel(room_id: RoomId) -> str:
    """Those who have the room open. Who leaves the room's own channel leaves this one with it."""
    return f"{room_channel(room_id)}/viewers"


async def who_is_here(work: UnitOfWork, asker: MemberId, room_id: RoomId) -> Here:
    """The connected members of a room. Raises RoomNotFound."""
    await rooms.standing(work, room_id, asker)
    members = await rooms.members_of(work, room_id)
    here = await work.port(PresenceStore).here(members, work.now)
    return Here(room=room_id, members=tuple(sorted(here)))


async def are_here(work: UnitOfWork, member_ids: Collection[MemberId]) -> set[MemberId]:
    """Those who have the app open somewhere, whatever room."""
    return await work.port(PresenceStore).here(member_ids, work.now)


async def writing(work: UnitOfWork, caller: Caller, room_id: RoomId, *, on: bool) -> Typing:
    """What the others are told of somebody who writes. Raises RoomNotFound."""
    await rooms.standing(work, room_id, caller.member_id)
    return Typing(room=room_id, member_id=caller.member_id, name=caller.name, on=on)


def by_room(changes: Changes) -> Iterable[tuple[RoomId, MemberId, bool]]:
    """Room by room: who came (True) or went."""
    for moved, here in ((changes.came, True), (changes.went, False)):
        for member_id, room_ids in moved.items():
            for room_id in room_ids:
                yield room_id, member_id, here


def told(room_id: RoomId, moved: Mapping[str, bool]) -> PresenceChanged:
    if len(moved) > MOST_TOLD:
        return PresenceChanged(room=room_id, ask=True)
    came, went = (tuple(MemberId(m) for m, here in sorted(moved.items()) if here is way) for way in (True, False))
    return PresenceChanged(room=room_id, came=came, went=went)
