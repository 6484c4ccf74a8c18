"""The rules of sending: stored once, in order, then told."""

from collections.abc import Mapping, Sequence

from chat_service.attachments import claiming
from chat_service.attachments.errors import UploadNotFound
from chat_service.messages import posting, service
from chat_service.messages.errors import EmptyMessage, MessageNotFound
from chat_service.messages.models import Author, Entry
from chat_service.messages.posting import receipt_of
from chat_service.messages.schemas import CardOut, Receipt, SendMessage
from chat_service.messages.store import MessageStore
from chat_service.moderation import gate
from chat_service.rooms import places
from chat_service.rooms import service as rooms
from chat_service.rooms.schemas import Who
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MessageId


async def send_message(
    work: UnitOfWork, sender: Caller, send: SendMessage, *, said: str = "", card: CardOut | None = None
) -> Receipt:
    """Stores a message for good and answers its place.

    said: what was typed, where that became something else (a command).

    A repeated send (same room, author and client id), after a second or a year, answers the first one's receipt,
    whatever has become of the room's rules since, and of her place in it.
    Raises RoomNotFound, EmptyMessage, ClientIdTaken, MessageNotFound, MessageIsDeleted, UploadNotFound,
    and what the gate refuses.
    """
    author = author_of(sender)
    body = send.body.strip()
    if not body and not send.attachments:
        raise EmptyMessage
    if earlier := await posting.done_before(work, send.room, author, send.client_id, "message", said or body):
        return earlier
    standing = await rooms.standing(work, send.room, sender.member_id)
    await gate.may_send(work, standing, sender.member_id, body)
    try:
        files = await claiming.choose(work, send.room, sender.member_id, send.attachments, send.alts)
    except UploadNotFound:  # perhaps taken by this very send, on another connection
        if earlier := await posting.done_before(work, send.room, author, send.client_id, "message", said or body):
            return earlier
        raise
    for file in files:
        gate.may_be_called(standing.blocked, f"{file.name}\n{file.alt}", "/attachments")
    reply_to = await service.message_entry(work, send.room, send.reply_to, "/reply_to") if send.reply_to else None
    thread = await _thread(work, send, reply_to)
    stored = await service.say(
        work, standing, author, send.client_id, body, said=said, card=card, reply_to=reply_to, thread=thread,
        attachments=files,
    )  # fmt: skip
    await claiming.put_in(work, stored.id, [file.id for file in files])
    who = send.room, sender.member_id
    await read_own(work, [(who, stored)], {who: standing.read_seq})
    return receipt_of(stored)


def author_of(member: Caller) -> Author:
    return Author(member.member_id, member.name)


async def read_own(work: UnitOfWork, new: Sequence[tuple[Who, Entry]], read: Mapping[Who, int]) -> None:
    """What each has written is read, unless there are others before it that are not: those stay to be read.

    new: of each room in order. read: how far each had read before.
    """
    first: dict[Who, Entry] = {}
    for who, entry in new:
        first.setdefault(who, entry)
    behind = {(who[0], read[who]) for who, entry in first.items() if read[who] < entry.seq - 1}
    begun = await work.port(MessageStore).nths(behind)
    moved: dict[Who, Entry] = {}
    for who, entry in new:
        last = moved.get(who)
        seq, nth = (last.seq, last.nth) if last else (read[who], begun.get((who[0], read[who]), 0))
        if seq >= entry.seq - 1 or nth >= entry.nth - 1:
            moved[who] = entry
    await places.read_up_to(work, {who: entry.seq for who, entry in moved.items()})


async def _thread(work: UnitOfWork, send: SendMessage, reply_to: Entry | None) -> MessageId | None:
    """The thread it goes into: an answer to a message of a thread stays in it; threads have no threads."""
    if send.thread is None:
        return reply_to.thread if reply_to else None
    root = reply_to if reply_to and reply_to.id == send.thread else None
    root = root or await service.message_entry(work, send.room, send.thread, "/thread")
    if root.thread:
        raise MessageNotFound("/thread")
    return root.id
