"""What a list of rooms shows of their messages: what is not read, who is called, what was said last."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from chat_service.messages import mentions, service
from chat_service.messages.models import PREVIEW
from chat_service.messages.schemas import Counts, MessageOut
from chat_service.messages.store import MessageStore, Span
from chat_service.rooms.head_schemas import RoomHead
from chat_service.rooms.schemas import LastMessage
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId

ROOMS_AT_ONCE = 200
"""Rooms asked about in one statement: databases bound how long it may be."""
MOST_CALLS = 1_000
"""Messages looked through for whom they call; nobody counts on after that."""


async def counts_of(
    work: UnitOfWork,
    member_id: MemberId,
    pointers: Mapping[RoomId, int],
    heads: Mapping[RoomId, RoomHead],
    team_rooms: Collection[RoomId],
) -> dict[RoomId, Counts]:
    """Of others, not deleted and behind her read pointer. Exact, in a handful of questions for all rooms together."""
    store = work.port(MessageStore)
    behind = {room_id: read for room_id, read in pointers.items() if read < heads[room_id].seq}
    nths = await store.nths([(r, read) for r, read in behind.items() if read >= heads[r].floor_seq])
    since = {r: heads[r].nth - nths.get((r, read), heads[r].floor_nth) for r, read in behind.items()}
    spans = {r: Span(max(read, heads[r].floor_seq - 1), heads[r].seq) for r, read in behind.items() if since[r] > 0}
    not_to_read: dict[RoomId, int] = {}
    calls: dict[RoomId, int] = {}
    for some in _portions(spans):
        not_to_read |= await store.not_to_read(member_id, some)
        calls |= await _calls(work, member_id, some, team_rooms)
    unread = {r: max(0, since[r] - not_to_read.get(r, 0)) for r in spans}
    return {
        room_id: Counts(read_seq=read, unread=unread.get(room_id, 0), mentions=calls.get(room_id, 0))
        for room_id, read in pointers.items()
    }


async def last_words(work: UnitOfWork, room_ids: Collection[RoomId]) -> dict[RoomId, LastMessage]:
    """The newest message of each room that has one, shortened; of a deleted one nothing but that it was there."""
    last = await work.port(MessageStore).last_messages(room_ids)
    return {each.room: _last_words(each) for each in await service.folded(work, list(last.values()))}


def _portions(spans: Mapping[RoomId, Span]) -> Iterator[dict[RoomId, Span]]:
    rooms = iter(spans.items())
    while some := dict(islice(rooms, ROOMS_AT_ONCE)):
        yield some


async def _calls(
    work: UnitOfWork, member_id: MemberId, spans: Mapping[RoomId, Span], team_rooms: Collection[RoomId]
) -> dict[RoomId, int]:
    """How many messages within the spans call her as they are now: an edit may have taken her name out."""
    calls = await work.port(MessageStore).calls(mentions.keys_for(member_id, team_rooms), spans)
    some = dict(islice(calls.items(), MOST_CALLS))
    counted: dict[RoomId, int] = {}
    for message in (await service.messages_now(work, some)).values():
        if message.author_id != member_id and mentions.still_call(message.mentions, some[message.id]):
            counted[message.room] = counted.get(message.room, 0) + 1
    return counted


def _last_words(message: MessageOut) -> LastMessage:
    return LastMessage(
        seq=message.seq, author_id=message.author_id, author_name=message.author_name,
        preview=message.body[:PREVIEW], at=message.at, is_deleted=message.deleted_at is not None,
    )  # fmt: skip
