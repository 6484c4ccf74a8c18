"""The rules of sending: stored once, in order, then told."""

from chat_service.attachments import claiming
from chat_service.attachments.errors import UploadNotFound
from chat_service.messages import posting, service
from chat_service.messages.errors import EmptyMessage, MessageNotFound
from chat_service.messages.models import Author, Entry
from chat_service.messages.posting import receipt_of
from chat_service.messages.schemas import CardOut, Receipt, SendMessage
from chat_service.messages.store import MessageStore
from chat_service.moderation import gate
from chat_service.rooms import service as rooms
from chat_service.rooms.schemas import Standing
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId, MessageId


async def send_message(
    work: UnitOfWork, sender: Caller, send: SendMessage, *, said: str = "", card: CardOut | None = None
) -> Receipt:
    """Stores a message for good and answers its place.

    said: what was typed, where that became something else (a command).

    A repeated send (same room, author and client id), after a second or a year, answers the first one's receipt,
    whatever has become of the room's rules since.
    Raises RoomNotFound, EmptyMessage, ClientIdTaken, MessageNotFound, MessageIsDeleted, UploadNotFound,
    and what the gate refuses.
    """
    standing = await rooms.standing(work, send.room, sender.member_id)
    author = author_of(sender)
    body = send.body.strip()
    if not body and not send.attachments:
        raise EmptyMessage
    if earlier := await posting.done_before(work, send.room, author, send.client_id, "message", said or body):
        return earlier
    await gate.may_send(work, standing, sender.member_id, body)
    try:
        files = await claiming.choose(work, send.room, sender.member_id, send.attachments, send.alts)
    except UploadNotFound:  # perhaps taken by this very send, on another connection
        if earlier := await posting.done_before(work, send.room, author, send.client_id, "message", said or body):
            return earlier
        raise
    reply_to = await service.message_entry(work, send.room, send.reply_to, "/reply_to") if send.reply_to else None
    thread = await _thread(work, send, reply_to)
    stored = await service.say(
        work, standing, author, send.client_id, body, said=said, card=card, reply_to=reply_to, thread=thread,
        attachments=files,
    )  # fmt: skip
    await claiming.put_in(work, stored.id, [file.id for file in files])
    await _read_own(work, standing, sender.member_id, stored)
    return receipt_of(stored)


def author_of(member: Caller) -> Author:
    return Author(member.member_id, member.name)


async def _read_own(work: UnitOfWork, standing: Standing, member_id: MemberId, stored: Entry) -> None:
    """Her own message is read, unless there are others before it that are not: those stay to be read."""
    if standing.read_seq < stored.seq - 1:
        read = await work.port(MessageStore).nths({standing.room_id: standing.read_seq})
        if read.get(standing.room_id, 0) < stored.nth - 1:
            return
    await rooms.read_up_to(work, standing.room_id, member_id, stored.seq)


async def _thread(work: UnitOfWork, send: SendMessage, reply_to: Entry | None) -> MessageId | None:
    """The thread it goes into: an answer to a message of a thread stays in it; threads have no threads."""
    if send.thread is None:
        return reply_to.thread if reply_to else None
    root = reply_to if reply_to and reply_to.id == send.thread else None
    root = root or await service.message_entry(work, send.room, send.thread, "/thread")
    if root.thread:
        raise MessageNotFound("/thread")
    return root.id
