"""Rooms over Socket.IO."""

from chat_service.rooms import listing
from chat_service.rooms.schemas import ReadPointer, ReadUpTo
from clubkit.realtime.sockets import SocketContext, Sockets

sockets = Sockets()
sockets.tells("room.read", ReadPointer)


@sockets.on("room.read", ReadUpTo)
async def read(context: SocketContext, payload: ReadUpTo) -> ReadPointer:
    return await listing.mark_read(context.work, context.caller.member_id, payload.room, payload.seq)
