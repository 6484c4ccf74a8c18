"""The rules of not missing anything: gaps, what happened while away, and how far each room goes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chat_service.messages import service
from chat_service.messages.event_schemas import AnyEvent, RoomEvent, Stretch
from chat_service.messages.folding import event_of, with_quoted
from chat_service.messages.models import Entry
from chat_service.messages.ring import Ring
from chat_service.messages.schemas import Cursor, GapRequest, Head, Heads, HeadsRequest
from chat_service.messages.store import MessageStore, Span
from chat_service.rooms import pointers
from chat_service.rooms import service as rooms
from chat_service.rooms.head_schemas import RoomHead
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, RoomId

TOO_FAR_BEHIND = 500
"""More missed events of a room than this are not sent one by one: the app starts from the newest page."""
MOST_ROOMS = 200
"""Whose events are told in one answer."""
MOST_EVENTS = 2_000
"""Over all rooms of one answer; of the rooms behind that only the heads are told, and their gaps asked for."""


async def fill_gap(work: UnitOfWork, member_id: MemberId, gap: GapRequest) -> Stretch:
    """What happened behind `gap.after`, oldest first; a reset for a cursor of another epoch. Raises RoomNotFound."""
    await rooms.standing(work, gap.room, member_id)
    head = (await service.heads(work, [gap.room]))[gap.room]
    return _remembered_gap(work.port(Ring), head, gap) or await _stored_gap(work, head, gap)


async def fill_gap_here(works: Works, gap: GapRequest) -> Stretch:
    """The same of who is in the room: how far it goes is one question for all who miss something in a moment."""
    head = (await works.together(service.heads, [gap.room]))[gap.room]
    if found := _remembered_gap(works.ports[Ring], head, gap):
        return found
    async with works.reading() as work:
        return await _stored_gap(work, head, gap)


def _remembered_gap(ring: Ring, head: RoomHead, gap: GapRequest) -> Stretch | None:
    """What can be said of a gap from memory alone; None when something is not there."""
    if _is_foreign(Cursor(epoch=gap.epoch, seq=gap.after), head):
        return _stretch(gap.room, head, (), reset=True)
    span = _span(head, gap)
    events = ring.between(gap.room, span.after, span.upto)
    return None if events is None else _stretch(gap.room, head, events)


async def _stored_gap(work: UnitOfWork, head: RoomHead, gap: GapRequest) -> Stretch:
    events = await _events(work, {gap.room: _span(head, gap)})
    return _stretch(gap.room, head, events[gap.room])


def _span(head: RoomHead, gap: GapRequest) -> Span:
    return Span(gap.after, min(head.seq, gap.after + gap.limit))


async def heads_of(work: UnitOfWork, member_id: MemberId, asked: HeadsRequest) -> Heads:
    """How far the rooms go, of those the member is in and no others; and her counts where the app has others."""
    mine = await rooms.rooms_of(work, member_id)
    heads = await heads_in(work, [room_id for room_id in asked.rooms if room_id in mine])
    wanted = {room_id: shown for room_id, shown in asked.counts.items() if room_id in mine}
    counts = await pointers.counts_in(work, member_id, wanted) if wanted else {}
    return Heads(
        heads=heads,
        counts={room_id: each for room_id, each in counts.items() if each != wanted[room_id]},
    )


async def heads_in(work: UnitOfWork, room_ids: Collection[RoomId]) -> dict[RoomId, Head]:
    """How far the rooms go, whoever asks."""
    heads = await service.heads(work, room_ids)
    return {room_id: Head(epoch=head.epoch, seq=head.seq, nth=head.nth) for room_id, head in heads.items()}


async def missed(work: UnitOfWork, member_id: MemberId, cursors: Mapping[RoomId, Cursor]) -> list[Stretch]:
    """For each room the member is still in: what happened behind her cursor, or a reset when that is too much.

    Served from memory where that holds all of it; else one question to the store, of however many rooms.
    """
    mine = await rooms.rooms_of(work, member_id)
    return await missed_in(work, {room_id: cursor for room_id, cursor in cursors.items() if room_id in mine})


async def missed_in(work: UnitOfWork, cursors: Mapping[RoomId, Cursor]) -> list[Stretch]:
    """The same of these rooms, whoever asks."""
    missing = _missing(await service.heads(work, cursors), cursors)
    return _stretches(missing, await _events(work, missing.spans))


async def missed_of(works: Works, mine: Collection[RoomId], cursors: Mapping[RoomId, Cursor]) -> Sequence[Stretch]:
    """The same of who is in the rooms `mine`: how far they go is one question for all who come back in a moment."""
    wanted = {room_id: cursor for room_id, cursor in cursors.items() if room_id in mine}
    if not wanted:
        return ()
    heads = await works.together(service.heads, wanted)
    found = _remembered(works.ports[Ring], {room_id: heads[room_id] for room_id in wanted}, wanted)
    if found is None:
        async with works.reading() as work:
            found = await missed_in(work, wanted)
    return found


def _remembered(ring: Ring, heads: Mapping[RoomId, RoomHead], cursors: Mapping[RoomId, Cursor]) -> list[Stretch] | None:
    """The same from memory alone, of rooms that go as far as `heads` say; None when something is not there."""
    missing = _missing(heads, cursors)
    events: dict[RoomId, Sequence[AnyEvent]] = {}
    for room_id, span in missing.spans.items():
        if (found := ring.between(room_id, span.after, span.upto)) is None:
            return None
        events[room_id] = found
    return _stretches(missing, events)


@dataclass(frozen=True, slots=True)
class _Missing:
    """Rooms that went on, those of them that are begun anew, and what is to be told of the others."""

    heads: Mapping[RoomId, RoomHead]
    resets: Collection[RoomId]
    spans: Mapping[RoomId, Span]


def _missing(heads: Mapping[RoomId, RoomHead], cursors: Mapping[RoomId, Cursor]) -> _Missing:
    behind = {room_id: head for room_id, head in heads.items() if _is_behind(cursors[room_id], head)}
    resets = {room_id for room_id, head in behind.items() if _starts_anew(cursors[room_id], head)}
    spans = _within_budget({
        room_id: Span(cursors[room_id].seq, head.seq) for room_id, head in behind.items() if room_id not in resets
    })  # fmt: skip
    return _Missing(behind, resets, spans)


def _stretches(missing: _Missing, events: Mapping[RoomId, Sequence[AnyEvent]]) -> list[Stretch]:
    return [
        _stretch(room_id, head, events.get(room_id, ()), reset=room_id in missing.resets)
        for room_id, head in missing.heads.items()
    ]


def _is_foreign(cursor: Cursor, head: RoomHead) -> bool:
    """Of another epoch, or from a future that is not ours."""
    return cursor.epoch != head.epoch or cursor.seq > head.seq or cursor.seq < head.floor_seq - 1


def _is_behind(cursor: Cursor, head: RoomHead) -> bool:
    return cursor.seq != head.seq or cursor.epoch != head.epoch


def _starts_anew(cursor: Cursor, head: RoomHead) -> bool:
    return _is_foreign(cursor, head) or head.seq - cursor.seq > TOO_FAR_BEHIND


def _within_budget(spans: Mapping[RoomId, Span]) -> dict[RoomId, Span]:
    """Those with the least to tell first, so that most rooms are whole at once."""
    left, kept = MOST_EVENTS, {}
    for room_id, span in sorted(spans.items(), key=lambda each: each[1].upto - each[1].after)[:MOST_ROOMS]:
        if (count := span.upto - span.after) <= left:
            kept[room_id] = span
            left -= count
    return kept


async def _events(work: UnitOfWork, spans: Mapping[RoomId, Span]) -> Mapping[RoomId, Sequence[AnyEvent]]:
    ring = work.port(Ring)
    remembered = {room_id: ring.between(room_id, span.after, span.upto) for room_id, span in spans.items()}
    asked = {room_id: span for room_id, span in spans.items() if remembered[room_id] is None}
    events: dict[RoomId, list[AnyEvent]] = {room_id: [] for room_id in asked}
    for event in await _told(work, await work.port(MessageStore).entries(asked)):
        ring.put(event)
        events[event.room].append(event)
    return {room_id: found for room_id, found in remembered.items() if found is not None} | events


async def _told(work: UnitOfWork, entries: Sequence[Entry]) -> list[AnyEvent]:
    """The events of entries, without the words of messages that are deleted by now."""
    about = {entry.target for entry in entries if entry.target}
    about |= with_quoted([entry for entry in entries if entry.kind == "message"])
    deletions = await work.port(MessageStore).changes(about, kinds=["deleted"])
    of: dict[str, list[Entry]] = {}
    for deletion in deletions:
        of.setdefault(deletion.target or "", []).append(deletion)
    return [event_of(entry, [each for about in _concerned(entry) for each in of.get(about, ())]) for entry in entries]


def _concerned(entry: Entry) -> set[str]:
    return {entry.target} if entry.target else set(with_quoted([entry]))


def _stretch(room_id: RoomId, head: RoomHead, events: Sequence[AnyEvent], *, reset: bool = False) -> Stretch:
    return Stretch(
        room=room_id, epoch=head.epoch, events=tuple(RoomEvent(event) for event in events), head=head.seq, nth=head.nth,
        reset=reset,
    )  # fmt: skip
