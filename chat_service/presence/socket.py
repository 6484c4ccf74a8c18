"""Presence and typing over Socket.IO; also where a socket enters the channels of its rooms."""

import asyncio
from datetime import datetime, timedelta

from chat_service.presence import service
from chat_service.presence.murmuring import Murmur
from chat_service.presence.schemas import Here, InRoom, PresenceChanged, Typing, Writing
from chat_service.presence.store import PresenceStore, Rooms
from chat_service.rooms import service as rooms
from clubkit.db.work import Works
from clubkit.ids import RoomId
from clubkit.realtime.sockets import Connection, SocketContext, Sockets
from clubkit.realtime.wire import room_channel, rooms_among

sockets = Sockets()
sockets.tells("presence.changed", PresenceChanged)
sockets.tells("room.typing", Typing)

WRITING_EVERY = timedelta(seconds=1)
VIEWING_SECONDS = 150.0
"""Who asks who is in a room counts as looking at it for this long; apps that do ask oftener."""
MOST_VIEWED = 8


@sockets.on_connect
async def enter_rooms(context: SocketContext) -> None:
    connection, member_id = context.connection, context.caller.member_id
    mine = (await context.ports[Works].together(rooms.rooms_of_each, (member_id,)))[member_id]
    for room_id in mine:
        await connection.enter(room_channel(room_id))
    context.ports[PresenceStore].arrive(member_id, mine)


@sockets.on_disconnect
async def leave_rooms(context: SocketContext) -> None:
    """Nothing is asked of anybody: many leave at once when a process goes."""
    for room_id in list(_viewing(context.connection)):
        _forget(context, room_id)
    context.ports[PresenceStore].depart(context.caller.member_id, _rooms_of(context.connection))


@sockets.on("presence.here", InRoom, needs="reading")
async def here(context: SocketContext, payload: InRoom) -> Here:
    answer = await service.who_is_here(context.work, context.caller.member_id, payload.room)
    await _view(context, payload.room)
    return answer


@sockets.on("typing", Writing, needs="reading")
async def typing(context: SocketContext, payload: Writing) -> None:
    """More than one a second from one socket is dropped without a word, unless it says that she stopped."""
    last: dict[str, datetime] = context.connection.memory.setdefault("typing", {})
    now = context.work.now
    if payload.on and now - last.get(payload.room, datetime.min.replace(tzinfo=now.tzinfo)) < WRITING_EVERY:
        return
    hint = await service.writing(context.work, context.caller, payload.room, on=payload.on)
    context.ports[Murmur].writes(hint, context.connection.sid)
    last[payload.room] = now


async def _view(context: SocketContext, room_id: RoomId) -> None:
    connection, viewing = context.connection, _viewing(context.connection)
    if room_id in viewing:
        viewing.pop(room_id).cancel()
    else:
        if len(viewing) >= MOST_VIEWED:
            await _close(context, next(iter(viewing)))
        await connection.enter(service.viewers_channel(room_id))
        context.ports[Murmur].viewed[room_id] += 1
    loop = asyncio.get_running_loop()
    viewing[room_id] = loop.call_later(VIEWING_SECONDS, lambda: asyncio.ensure_future(_close(context, room_id)))


async def _close(context: SocketContext, room_id: RoomId) -> None:
    if room_id in _viewing(context.connection):
        _forget(context, room_id)
        await context.connection.leave(service.viewers_channel(room_id))


def _forget(context: SocketContext, room_id: RoomId) -> None:
    _viewing(context.connection).pop(room_id).cancel()
    viewed = context.ports[Murmur].viewed
    viewed[room_id] -= 1
    if viewed[room_id] <= 0:
        del viewed[room_id]


def _viewing(connection: Connection) -> dict[RoomId, asyncio.TimerHandle]:
    """The rooms this socket has open, the one that was opened first in front."""
    viewing: dict[RoomId, asyncio.TimerHandle] = connection.memory.setdefault("viewing", {})
    return viewing


def _rooms_of(connection: Connection) -> Rooms:
    return frozenset(rooms_among(connection.channels()))
