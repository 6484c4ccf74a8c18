"""What other domains of chat may do with messages: write into a room, change a message, read what one has become.

Nothing here asks whether somebody may: that is for the rules that call.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from chat_service.messages import announcing, mentions
from chat_service.messages.errors import MessageIsDeleted, MessageNotFound
from chat_service.messages.folding import fold, gone_among, quoted_id, with_quoted
from chat_service.messages.models import PREVIEW, THE_HUB, Author, Entry, Floor, Kind
from chat_service.messages.posting import new_entry, post, receipt_of, silently
from chat_service.messages.schemas import AttachmentOut, CardOut, MessageOut, Receipt
from chat_service.messages.store import MessageStore, Span
from chat_service.rooms.head_schemas import RoomHead
from chat_service.rooms.schemas import Standing
from clubkit.contracts.chat import HistoryTruncated
from clubkit.db.work import UnitOfWork
from clubkit.ids import MessageId, RoomId, new_id

PROBES = 24
"""Places looked at in one step towards a date."""


async def heads(work: UnitOfWork, room_ids: Collection[RoomId]) -> dict[RoomId, RoomHead]:
    """How far each room goes."""
    return await work.port(MessageStore).heads(room_ids)


def webhook(hook_id: str, name: str) -> Author:
    """Who writes by a webhook."""
    return Author(hook_id, name, "hook")


async def say(
    work: UnitOfWork, standing: Standing, author: Author, client_id: str, body: str, *, said: str = "",
    reply_to: Entry | None = None, thread: MessageId | None = None, attachments: Sequence[AttachmentOut] = (),
    card: CardOut | None = None,
) -> Entry:  # fmt: skip
    """A message of `author`, with who it calls and who is told of it. `standing`: of the room it goes to.

    said: what was typed when that is something else (a command); the same words again get the first receipt.
    Raises ClientIdTaken.
    """
    called = await mentions.found(work, standing.room_id, standing.club_id, body)
    here = await mentions.here(work, standing.room_id, author.id, called)
    notify = await mentions.to_notify(work, standing.room_id, standing.kind, author.id, called, here)
    data: dict[str, Any] = {"mentions": [each.model_dump() for each in called]} if called else {}
    if said:
        data["said"] = said
    if reply_to:
        data["reply_to"] = await _quote(work, reply_to)
    if attachments:
        data["attachments"] = [each.model_dump() for each in attachments]
    if card:
        data["card"] = card.model_dump()
    entry = new_entry(
        work, standing.room_id, "message", author, client_id, body=body, thread=thread,
        mentioned=mentions.keys_of(called, here), data=data,
    )  # fmt: skip
    return await post(
        work, entry, announcing.sent(standing.title, standing.club_id, mentions.members_in(called), notify)
    )


async def notice(
    work: UnitOfWork, room_id: RoomId, what: str, subject: Mapping[str, Any], by: Author = THE_HUB, client_id: str = ""
) -> Receipt:
    """A line of the room's own. It counts as nothing to read."""
    data = {"what": what, "subject": dict(subject)}
    entry = new_entry(work, room_id, "notice", by, client_id or new_id(work.now), data=data)
    return receipt_of(await post(work, entry, silently))


async def notice_about(work: UnitOfWork, message: Entry, what: str, by: Author, client_id: str) -> Receipt:
    """A line of the room's own about one of its messages: it is folded into that one too."""
    subject = {"target": message.id, "target_seq": message.seq}
    entry = new_entry(
        work, message.room_id, "notice", by, client_id, about=message, data={"what": what, "subject": subject}
    )
    return receipt_of(await post(work, entry, silently))


async def change(
    work: UnitOfWork, message: Entry, kind: Kind, by: Author, client_id: str, data: Mapping[str, Any]
) -> Receipt:
    """Something happened to a message that nothing outside chat goes by: `previewed`, `voted`, `pinned`."""
    entry = new_entry(work, message.room_id, kind, by, client_id, about=message, data=data)
    return receipt_of(await post(work, entry, silently))


async def message_entry(work: UnitOfWork, room_id: RoomId, message_id: MessageId, pointer: str = "/target") -> Entry:
    """The message as it was sent. Raises MessageNotFound, also for one of another room."""
    found = await work.port(MessageStore).messages([message_id])
    head = (await heads(work, [room_id]))[room_id] if found else RoomHead()
    if not found or found[0].room_id != room_id or found[0].seq < head.floor_seq:
        raise MessageNotFound(pointer)
    return found[0]


async def standing_message(
    work: UnitOfWork, room_id: RoomId, message_id: MessageId
) -> tuple[Entry, MessageOut, Sequence[Entry]]:
    """A message that is not deleted: as it was sent, as it is, and what happened to it.

    Raises MessageNotFound, MessageIsDeleted.
    """
    message = await message_entry(work, room_id, message_id)
    changes = await work.port(MessageStore).changes([message_id])
    if gone_among(changes):
        raise MessageIsDeleted
    return message, fold(message, changes), changes


async def messages_now(work: UnitOfWork, ids: Collection[MessageId]) -> dict[MessageId, MessageOut]:
    """Those of these messages that are there (deleted ones as empty ones), as they are now, of whatever rooms."""
    entries = await work.port(MessageStore).messages(ids)
    rooms = await heads(work, {entry.room_id for entry in entries})
    kept = [entry for entry in entries if entry.seq >= rooms[entry.room_id].floor_seq]
    return {each.id: each for each in await folded(work, kept)}


async def page_after(work: UnitOfWork, room_id: RoomId, after: int, limit: int) -> list[MessageOut]:
    """The messages behind a seq, oldest first, whoever asks: dangerous but for an operator's export."""
    head = (await heads(work, [room_id]))[room_id]
    span = Span(max(after, head.floor_seq - 1), head.seq)
    return await folded(work, await work.port(MessageStore).newer(room_id, span, limit))


async def count_before(work: UnitOfWork, room_id: RoomId, seq: int) -> int:
    """How many messages of the room's history, deleted ones too, stand before a seq."""
    head = (await heads(work, [room_id]))[room_id]
    if seq <= head.floor_seq:
        return 0
    place = room_id, min(seq - 1, head.seq)
    nths = await work.port(MessageStore).nths([place])
    return max(0, nths.get(place, head.floor_nth) - head.floor_nth)


async def folded(work: UnitOfWork, messages: Sequence[Entry], *, upto: int | None = None) -> list[MessageOut]:
    """Messages as they are, or were at a seq of their room. Two questions, of however many messages."""
    store = work.port(MessageStore)
    changes = await store.changes(with_quoted(messages), upto=upto)
    answers = await store.answers([each.id for each in messages], upto=upto or 2**53)
    of: dict[MessageId, list[Entry]] = {}
    for change_ in changes:
        if change_.target:
            of.setdefault(change_.target, []).append(change_)
    gone = gone_among(changes)
    return [
        fold(each, of.get(each.id, ()), answers=answers.get(each.id), is_quote_gone=quoted_id(each) in gone)
        for each in messages
    ]


async def truncate(work: UnitOfWork, room_id: RoomId, before_seq: int) -> RoomHead:
    """Takes everything before a seq out of the room's history, for good; at the head or beyond: all there is.

    Only receipts are left, so that who asks again for an old write still gets it. The room is in a new epoch then:
    every app starts anew from its newest page. Answers how far the room goes now.
    """
    store = work.port(MessageStore)
    head = (await store.heads([room_id]))[room_id]
    floor = min(before_seq, head.seq + 1)
    if floor <= head.floor_seq:
        await store.truncate(room_id)  # a sweep that was cut short is made good
        return head
    gone = (await store.nths([(room_id, floor - 1)]))[room_id, floor - 1]
    data = {"what": "truncated", "subject": {"before_seq": floor}}
    entry = new_entry(work, room_id, "notice", THE_HUB, new_id(work.now), data=data)

    def announce(stored: Entry) -> HistoryTruncated:
        return HistoryTruncated(room_id=room_id, before_seq=floor, epoch=stored.epoch, at=stored.at)

    await post(work, entry, announce, floor=Floor(floor, gone))
    await store.truncate(room_id)
    return (await store.heads([room_id]))[room_id]


async def first_since(work: UnitOfWork, room_id: RoomId, at: datetime) -> int:
    """The first seq that happened at that time or later; one behind the head when nothing did.

    Times within a room rise with its seq, but for moments: a search by halves, many places at a time.
    """
    store = work.port(MessageStore)
    head = (await store.heads([room_id]))[room_id]
    low, high = head.floor_seq, head.seq + 1
    while low < high:
        step = max(1, (high - low) // PROBES)
        times = await store.times(room_id, range(low, high, step))
        later = [seq for seq, when in times.items() if when >= at]
        earlier = [seq for seq in times if not later or seq < min(later)]
        low, high = max(earlier, default=low - 1) + 1, min(later, default=high)
        if step == 1:
            return high
    return high


async def _quote(work: UnitOfWork, message: Entry) -> dict[str, Any]:
    now = (await folded(work, [message]))[0]
    if now.deleted_at:
        raise MessageIsDeleted
    return {"id": now.id, "seq": now.seq, "author_name": now.author_name, "preview": now.body[:PREVIEW]}
