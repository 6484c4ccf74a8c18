"""Messages over HTTP: history for the screen, and sending for clients without a socket."""

from typing import Annotated

from fastapi import APIRouter, Query

from chat_service.messages import catching_up, sending
from chat_service.messages.before_schemas import Body, ClientId, Receipt, SendMessage, Stretch
from clubkit.contracts.base import Contract
from clubkit.http.dependencies import CurrentMember, Reading, Work
from clubkit.ids import MessageId, RoomId

router = APIRouter(prefix="/rooms/{room_id}/messages", tags=["chat"])


class NewMessage(Contract):
    client_id: ClientId
    body: Body
    reply_to: MessageId | None = None


@router.get("")
async def list_messages(
    room_id: RoomId,
    member: CurrentMember,
    work: Reading,
    before: Annotated[int | None, Query(ge=1, description="seq; empty: from the newest")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Stretch:
    """A page of history, oldest first."""
    return await catching_up.history(work, member.member_id, room_id, before=before, limit=limit)


@router.post("", status_code=201)
async def send_message(room_id: RoomId, body: NewMessage, member: CurrentMember, work: Work) -> Receipt:
    """Sends a message. The same client_id again answers the same receipt."""
    send = SendMessage(room=room_id, client_id=body.client_id, body=body.body, reply_to=body.reply_to)
    return await sending.send_message(work, member, send)
