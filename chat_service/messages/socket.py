"""Messages over Socket.IO: parse, call, acknowledge."""

from chat_service.messages import catching_up, sending
from chat_service.messages.schemas import GapRequest, Heads, HeadsRequest, Receipt, SendMessage, Stretch
from clubkit.cache.limits import Limits, Rate
from clubkit.realtime.sockets import SocketContext, Sockets

sockets = Sockets()

SEND_RATE = Rate(20, per=10)


@sockets.on("message.send", SendMessage)
async def send(context: SocketContext, payload: SendMessage) -> Receipt:
    await context.ports[Limits].spend("message.send", f"{context.caller.member_id}:{payload.room}", SEND_RATE)
    return await sending.send_message(context.work, context.caller, payload)


@sockets.on("room.gap", GapRequest, needs="reading")
async def gap(context: SocketContext, payload: GapRequest) -> Stretch:
    return await catching_up.fill_gap(context.work, context.caller.member_id, payload)


@sockets.on("heartbeat", HeadsRequest, needs="reading")
async def heartbeat(context: SocketContext, payload: HeadsRequest) -> Heads:
    return await catching_up.heads_of(context.work, context.caller.member_id, payload.rooms)
