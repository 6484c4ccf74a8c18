"""The rules of presence: seen by those who share a room, and by nobody else."""

from chat_service.presence.schemas import Here, PresenceChanged, Typing
from chat_service.presence.store import PresenceStore
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId, RoomId
from clubkit.realtime.wire import Wire, room_channel


async def who_is_here(work: UnitOfWork, asker: MemberId, room_id: RoomId) -> Here:
    """The connected members of a room. Raises RoomNotFound."""
    await rooms.standing(work, room_id, asker)
    members = await rooms.members_of(work, room_id)
    here = await work.port(PresenceStore).here(members, work.now)
    return Here(room=room_id, members=tuple(sorted(here)))


async def stay(work: UnitOfWork, member_id: MemberId, sid: str) -> None:
    """The socket was heard of again."""
    await work.port(PresenceStore).renew(member_id, sid, work.now)


async def tell_typing(work: UnitOfWork, caller: Caller, room_id: RoomId, sid: str) -> None:
    """Tells the room that somebody writes. Raises RoomNotFound."""
    await rooms.standing(work, room_id, caller.member_id)
    typing = Typing(room=room_id, member_id=caller.member_id, name=caller.name)
    await work.port(Wire).emit("room.typing", typing, to=room_channel(room_id), skip=sid)


async def tell_presence(wire: Wire, member_id: MemberId, room_ids: set[RoomId], *, here: bool) -> None:
    change = PresenceChanged(member_id=member_id, here=here)
    for room_id in room_ids:
        await wire.emit("presence.changed", change, to=room_channel(room_id))
