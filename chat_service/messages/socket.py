"""Messages over Socket.IO: parse, call, acknowledge."""

from pydantic import ValidationError

from chat_service.messages import catching_up, deleting, editing, reacting
from chat_service.messages.event_schemas import RoomEvent, Stretch, Sync
from chat_service.messages.schemas import (
    Cursors,
    DeleteMessage,
    DraftOut,
    EditMessage,
    GapRequest,
    Heads,
    HeadsRequest,
    PinMessage,
    ReactTo,
    Receipt,
    SendMessage,
)
from chat_service.messages.sends_socket import Sends
from chat_service.settings import WriteRates
from clubkit.cache.limits import Limits
from clubkit.db.work import Works
from clubkit.ids import RoomId
from clubkit.ports import Ports
from clubkit.realtime.encoding import event_frame
from clubkit.realtime.sockets import Here, SocketContext, Sockets
from clubkit.realtime.wire import room_channel, rooms_among

sockets = Sockets()
sockets.tells("room.event", RoomEvent)
sockets.tells("chat.sync", Sync)
sockets.tells("room.draft", DraftOut)
sockets.tells("room.heads", Heads)

HEADS_AT_ONCE = 500


@sockets.on("message.send", SendMessage, needs="nothing")
async def send(context: SocketContext, payload: SendMessage) -> Receipt:
    return await context.ports[Sends].send(context.caller, payload)


@sockets.on("message.edit", EditMessage)
async def edit(context: SocketContext, payload: EditMessage) -> Receipt:
    await _spend_change(context)
    return await editing.edit_message(context.work, context.caller, payload)


@sockets.on("message.delete", DeleteMessage)
async def delete(context: SocketContext, payload: DeleteMessage) -> Receipt:
    await _spend_change(context)
    return await deleting.delete_message(context.work, context.caller, payload)


@sockets.on("message.react", ReactTo)
async def react(context: SocketContext, payload: ReactTo) -> Receipt:
    await _spend_change(context)
    return await reacting.react(context.work, context.caller, payload)


@sockets.on("message.pin", PinMessage)
async def pin(context: SocketContext, payload: PinMessage) -> Receipt:
    await _spend_change(context)
    return await reacting.pin(context.work, context.caller, payload)


@sockets.on_ready
async def catch_up(context: SocketContext) -> None:
    """Cursors in the CONNECT auth are answered at once with what was missed: one round trip."""
    try:
        cursors = Cursors.model_validate({"cursors": context.connection.auth.get("cursors") or {}}).cursors
    except ValidationError:  # of another version of the app: it starts anew
        cursors = {}
    # What she was let into a moment ago, less what she was put out of since.
    mine = rooms_among(context.connection.channels())
    stretches = await catching_up.missed_of(context.ports[Works], mine, cursors)
    await context.connection.emit("chat.sync", Sync(stretches=tuple(stretches)))


@sockets.on_restored
async def tell_heads(ports: Ports, here: Here) -> None:
    """Pushes were missed by this whole process: it looks once per room how far it goes, for all who are in it."""
    room_ids = rooms_among(here.channels_here(room_channel(RoomId(""))))
    for some in (room_ids[n : n + HEADS_AT_ONCE] for n in range(0, len(room_ids), HEADS_AT_ONCE)):
        async with ports[Works].reading() as work:
            heads = await catching_up.heads_in(work, some)
        for room_id, head in heads.items():
            here.push("room.heads", event_frame("room.heads", Heads(heads={room_id: head})), to=room_channel(room_id))


@sockets.on("room.gap", GapRequest, needs="nothing")
async def gap(context: SocketContext, payload: GapRequest) -> Stretch:
    works = context.ports[Works]
    if room_channel(payload.room) in context.connection.channels():
        return await catching_up.fill_gap_here(works, payload)
    async with works.reading() as work:
        return await catching_up.fill_gap(work, context.caller.member_id, payload)


@sockets.on("heartbeat", HeadsRequest, needs="reading")
async def heartbeat(context: SocketContext, payload: HeadsRequest) -> Heads:
    """Says which rooms moved on and what is unread."""
    return await catching_up.heads_of(context.work, context.caller.member_id, payload)


async def _spend_change(context: SocketContext) -> None:
    await context.ports[Limits].spend("message.change", context.caller.member_id, context.ports[WriteRates].changes)
