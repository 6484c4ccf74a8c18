"""Coming into rooms, leaving them and their levels over Socket.IO."""

from chat_service.rooms import joining, levels
from chat_service.rooms.managing_schemas import LevelSet, RoomHint, RoomOnly, SetLevelOf
from clubkit.realtime.sockets import SocketContext, Sockets

sockets = Sockets()
sockets.tells("room.changed", RoomHint)


@sockets.on("room.join", RoomOnly)
async def join(context: SocketContext, payload: RoomOnly) -> None:
    await joining.join(context.work, context.caller, payload.room)


@sockets.on("room.leave", RoomOnly)
async def leave(context: SocketContext, payload: RoomOnly) -> None:
    await joining.leave(context.work, context.caller, payload.room)


@sockets.on("room.level", SetLevelOf)
async def set_level(context: SocketContext, payload: SetLevelOf) -> LevelSet:
    return await levels.set_level(context.work, context.caller.member_id, payload.room, payload)
