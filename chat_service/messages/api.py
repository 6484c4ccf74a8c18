"""Messages over HTTP: history for the screen, and sending for clients without a socket."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from chat_service.commands import taking as commands
from chat_service.messages import catching_up, deleting, drafts, editing, reacting, reading
from chat_service.messages.event_schemas import Stretch
from chat_service.messages.page_schemas import MessagesPage, Thread
from chat_service.messages.schemas import (
    DeletionOut,
    DraftOut,
    Editions,
    GapRequest,
    KeepDraft,
    MessageOut,
    NewMessage,
    Receipt,
    SendMessage,
)
from chat_service.settings import WriteRates
from clubkit.cache.limits import Limits
from clubkit.http.dependencies import CurrentMember, Reading, Work
from clubkit.http.paging import Page
from clubkit.ids import MessageId, RoomId

router = APIRouter(prefix="/rooms/{room_id}", tags=["chat"])

PlaceInRoom = Annotated[int | None, Query(ge=0, le=2**53 - 1, description="a seq")]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("/messages")
async def list_messages(
    room_id: RoomId,
    member: CurrentMember,
    work: Reading,
    before: PlaceInRoom = None,
    after: PlaceInRoom = None,
    around: PlaceInRoom = None,
    at: Annotated[datetime | None, Query(description="around the first message from then on")] = None,
    limit: Limit = 50,
) -> MessagesPage:
    """A page of messages, oldest first: before or after a place, around one or a time; else the newest."""
    if at is not None:
        return await reading.around_time(work, member.member_id, room_id, at, limit)
    if around is not None:
        return await reading.around(work, member.member_id, room_id, around, limit)
    return await reading.page(work, member.member_id, room_id, before=before, after=after, limit=limit)


@router.post("/messages", status_code=201)
async def send_message(room_id: RoomId, body: NewMessage, member: CurrentMember, work: Work) -> Receipt:
    """Sends a message. The same client_id again answers the same receipt."""
    rate = work.port(WriteRates).posts
    await work.port(Limits).spend("message.post", f"{member.member_id}:{room_id}", rate)
    return await commands.send(work, member, SendMessage(room=room_id, **dict(body)))


@router.get("/events")
async def list_room_events(
    room_id: RoomId, member: CurrentMember, work: Reading, epoch: int, after: int, limit: Limit = 200
) -> Stretch:
    """What happened in a room behind a place, oldest first: what the socket's `room.gap` answers."""
    gap = GapRequest(room=room_id, epoch=epoch, after=after, limit=limit)
    return await catching_up.fill_gap(work, member.member_id, gap)


@router.get("/messages/{message_id}/edits")
async def list_editions(room_id: RoomId, message_id: MessageId, member: CurrentMember, work: Reading) -> Editions:
    """What the message said before."""
    return await editing.editions(work, member.member_id, room_id, message_id)


@router.get("/pins")
async def list_pins(room_id: RoomId, member: CurrentMember, work: Reading) -> Page[MessageOut]:
    """The pinned messages, the last pinned first."""
    return Page(data=await reacting.pins(work, member.member_id, room_id))


@router.get("/threads/{message_id}")
async def get_thread(
    room_id: RoomId,
    message_id: MessageId,
    member: CurrentMember,
    work: Reading,
    after: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0,
    limit: Limit = 50,
) -> Thread:
    """A message and the answers in its thread, oldest first."""
    return await reading.thread(work, member.member_id, room_id, message_id, after=after, limit=limit)


@router.get("/deletions")
async def list_deletions(
    room_id: RoomId, member: CurrentMember, work: Reading, before: PlaceInRoom = None
) -> Page[DeletionOut]:
    """For moderators: what was deleted, by whom and why, the newest first."""
    return Page(data=await deleting.deletions(work, member.member_id, room_id, before))


@router.put("/draft")
async def keep_draft(room_id: RoomId, body: KeepDraft, member: CurrentMember, work: Work) -> DraftOut:
    """Keeps what is begun in a room; an empty body takes it away."""
    return await drafts.keep(work, member.member_id, room_id, body.body)
