"""Messages over Socket.IO: parse, call, acknowledge."""

from chat_service.messages import catching_up, sending
from chat_service.messages.before_schemas import (
    Cursors,
    GapRequest,
    Heads,
    HeadsRequest,
    MessageOut,
    Receipt,
    SendMessage,
    Stretch,
    Sync,
)
from chat_service.presence import service as presence
from clubkit.cache.limits import Limits, Rate
from clubkit.db.work import Works
from clubkit.realtime.sockets import SocketContext, Sockets

sockets = Sockets()
sockets.tells("message.new", MessageOut)
sockets.tells("chat.sync", Sync)

SEND_RATE = Rate(20, per=10)


@sockets.on("message.send", SendMessage)
async def send(context: SocketContext, payload: SendMessage) -> Receipt:
    await context.ports[Limits].spend("message.send", f"{context.caller.member_id}:{payload.room}", SEND_RATE)
    return await sending.send_message(context.work, context.caller, payload)


@sockets.on_ready
async def catch_up(context: SocketContext) -> None:
    """Cursors in the CONNECT auth are answered at once with what was missed: one round trip."""
    cursors = Cursors.model_validate({"cursors": context.connection.auth.get("cursors") or {}}).cursors
    async with context.ports[Works].reading() as work:
        stretches = await catching_up.missed(work, context.caller.member_id, cursors)
    await context.connection.emit("chat.sync", Sync(stretches=tuple(stretches)))


@sockets.on("room.gap", GapRequest, needs="reading")
async def gap(context: SocketContext, payload: GapRequest) -> Stretch:
    return await catching_up.fill_gap(context.work, context.caller.member_id, payload)


@sockets.on("heartbeat", HeadsRequest, needs="reading")
async def heartbeat(context: SocketContext, payload: HeadsRequest) -> Heads:
    """Says which rooms moved on, and keeps the member present."""
    await presence.stay(context.work, context.caller.member_id, context.connection.sid)
    return await catching_up.heads_of(context.work, context.caller.member_id, payload.rooms)
