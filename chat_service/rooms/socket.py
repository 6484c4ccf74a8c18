"""Rooms over Socket.IO."""

from chat_service.rooms import pointers
from chat_service.rooms.schemas import ReadPointer, ReadUpTo, Receipts, ReceiptsOf, Seen
from clubkit.realtime.sockets import SocketContext, Sockets

sockets = Sockets()
sockets.tells("room.read", ReadPointer)
sockets.tells("room.seen", Seen)


@sockets.on("room.read", ReadUpTo)
async def read(context: SocketContext, payload: ReadUpTo) -> ReadPointer:
    return await pointers.mark_read(context.work, context.caller.member_id, payload.room, payload.seq)


@sockets.on("room.receipts", ReceiptsOf, needs="reading")
async def receipts(context: SocketContext, payload: ReceiptsOf) -> Receipts:
    return await pointers.receipts(context.work, context.caller.member_id, payload.room)
