"""Presence and typing over Socket.IO; also where a socket enters the channels of its rooms."""

from datetime import datetime, timedelta

from chat_service.presence import service
from chat_service.presence.schemas import Here, InRoom, PresenceChanged, Typing
from chat_service.presence.store import PresenceStore
from chat_service.rooms import service as rooms
from clubkit.db.work import Works
from clubkit.realtime.sockets import SocketContext, Sockets
from clubkit.realtime.wire import Wire, room_channel

sockets = Sockets()
sockets.tells("presence.changed", PresenceChanged)
sockets.tells("room.typing", Typing)

TYPING_EVERY = timedelta(seconds=1)


@sockets.on_connect
async def enter_rooms(context: SocketContext) -> None:
    connection, member_id = context.connection, context.caller.member_id
    works = context.ports[Works]
    async with works.reading() as work:
        mine = await rooms.rooms_of(work, member_id)
    for room_id in mine:
        await connection.enter(room_channel(room_id))
    if await _store(context).arrive(member_id, connection.sid, works.clock()):
        await service.tell_presence(context.ports[Wire], member_id, mine, here=True)


@sockets.on_disconnect
async def leave_rooms(context: SocketContext) -> None:
    works, member_id = context.ports[Works], context.caller.member_id
    if await _store(context).depart(member_id, context.connection.sid, works.clock()):
        async with works.reading() as work:
            mine = await rooms.rooms_of(work, member_id)
        await service.tell_presence(context.ports[Wire], member_id, mine, here=False)


@sockets.on("presence.here", InRoom, needs="reading")
async def here(context: SocketContext, payload: InRoom) -> Here:
    return await service.who_is_here(context.work, context.caller.member_id, payload.room)


@sockets.on("typing", InRoom, needs="reading")
async def typing(context: SocketContext, payload: InRoom) -> None:
    """Last one wins, once a second at most: the rest is dropped without a word."""
    last: dict[str, datetime] = context.connection.memory.setdefault("typing", {})
    now = context.work.now
    if now - last.get(payload.room, datetime.min.replace(tzinfo=now.tzinfo)) < TYPING_EVERY:
        return
    await service.tell_typing(context.work, context.caller, payload.room, context.connection.sid)
    last[payload.room] = now


def _store(context: SocketContext) -> PresenceStore:
    return context.ports[PresenceStore]
