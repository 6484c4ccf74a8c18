"""The rules of sending: stored once, in order, then told."""

from chat_service.messages.before_schemas import MessageOut, Receipt, SendMessage
from chat_service.messages.errors import ClientIdTaken, EmptyMessage
from chat_service.messages.models import Draft, Message
from chat_service.messages.store import MessageStore
from chat_service.rooms import service as rooms
from chat_service.rooms.schemas import Standing
from clubkit.contracts.chat import MessageSent
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId, MessageId, new_id
from clubkit.realtime.wire import Wire, room_channel

PREVIEW = 140


async def send_message(work: UnitOfWork, sender: Caller, send: SendMessage) -> Receipt:
    """Stores a message for good and answers its place.

    A repeated send (same room, author and client id), after a second or a year, answers the first one's receipt.
    Raises RoomNotFound, EmptyMessage, ClientIdTaken.
    """
    standing = await rooms.standing(work, send.room, sender.member_id)
    body = send.body.strip()
    if not body:
        raise EmptyMessage
    store = work.port(MessageStore)
    if earlier := await store.sent_before(send.room, sender.member_id, send.client_id):
        if earlier.body != body:
            raise ClientIdTaken
        return receipt_of(earlier)
    draft = Draft(
        MessageId(new_id(work.now)), send.room, sender.member_id, sender.name, send.client_id,
        body, send.reply_to, work.now,
    )  # fmt: skip
    to_tell = await rooms.others_in_direct(work, standing)
    message = await store.append(draft, lambda stored: _announcement(stored, standing, to_tell))
    if message.body != body:  # a request beside this one was faster, with another text under the same id
        raise ClientIdTaken
    await rooms.read_up_to(work, send.room, sender.member_id, message.seq)
    _push(work, message)
    return receipt_of(message)


def receipt_of(message: Message) -> Receipt:
    return Receipt(id=message.id, room=message.room_id, seq=message.seq, at=message.at)


def out(message: Message) -> MessageOut:
    return MessageOut(
        id=message.id, room=message.room_id, seq=message.seq, client_id=message.client_id,
        author_id=message.author_id, author_name=message.author_name, body=message.body,
        reply_to=message.reply_to, at=message.at,
    )  # fmt: skip


def _announcement(message: Message, standing: Standing, notify: tuple[MemberId, ...]) -> MessageSent:
    return MessageSent(
        room_id=message.room_id, room_title=standing.title, club_id=standing.club_id, message_id=message.id,
        seq=message.seq, author_id=message.author_id, author_name=message.author_name,
        preview=message.body[:PREVIEW], notify=notify, at=message.at,
    )  # fmt: skip


def _push(work: UnitOfWork, message: Message) -> None:
    """Only a hint: whoever misses it sees the gap in the seq and asks."""
    wire = work.port(Wire)
    work.after_commit(lambda: wire.emit("message.new", out(message), to=room_channel(message.room_id)))
