"""The room list of a member: names, the last message, and exact unread counts, in a handful of queries."""

from collections.abc import Mapping, Sequence

from chat_service.rooms.errors import RoomNotFound
from chat_service.rooms.levels import TALKS, level_of
from chat_service.rooms.models import PersonRow, RoomMemberRow, RoomRow
from chat_service.rooms.schemas import LastMessage, PersonOut, ReadPointer, RoomOut
from chat_service.rooms.store import RoomHeads, RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, EventId, MemberId, RoomId
from clubkit.realtime.wire import Wire, member_channel


async def my_rooms(work: UnitOfWork, member_id: MemberId) -> list[RoomOut]:
    """Every room the member is in, the one last written in first."""
    store = RoomStore(work)
    mine = await store.memberships(member_id)
    rooms = await _described(work, member_id, mine)
    return sorted(rooms, key=lambda room: (room.last.at.timestamp() if room.last else 0.0, room.id), reverse=True)


async def one_room(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> RoomOut:
    """Raises RoomNotFound."""
    found = await RoomStore(work).membership(room_id, member_id)
    if found is None:
        raise RoomNotFound
    return (await _described(work, member_id, [found]))[0]


async def mark_read(work: UnitOfWork, member_id: MemberId, room_id: RoomId, seq: int) -> ReadPointer:
    """Moves the read pointer up to `seq`, at most the head; tells the member's other devices. Raises RoomNotFound."""
    store = RoomStore(work)
    found = await store.membership(room_id, member_id)
    if found is None:
        raise RoomNotFound
    head = (await work.port(RoomHeads).heads([room_id]))[room_id]
    read = max(found[1].read_seq, min(seq, head))
    await store.move_read_pointer(room_id, member_id, read)
    pointer = ReadPointer(room=room_id, read_seq=read, unread=head - read)
    wire = work.port(Wire)
    work.after_commit(lambda: wire.emit("room.read", pointer, to=member_channel(member_id)))
    return pointer


async def _described(
    work: UnitOfWork, member_id: MemberId, mine: Sequence[tuple[RoomRow, RoomMemberRow]]
) -> list[RoomOut]:
    store = RoomStore(work)
    ids = [RoomId(room.id) for room, _ in mine]
    messages = work.port(RoomHeads)
    heads = await messages.heads(ids)
    last = await messages.last_words(ids)
    sizes = await store.sizes(ids)
    others = await store.others([room.id for room, _ in mine if room.kind in TALKS], member_id)
    return [_room_out(room, row, heads, last, sizes, others.get(room.id, [])) for room, row in mine]


def _room_out(
    room: RoomRow,
    mine: RoomMemberRow,
    heads: Mapping[RoomId, int],
    last: Mapping[RoomId, LastMessage],
    sizes: Mapping[str, int],
    others: Sequence[PersonRow],
) -> RoomOut:
    room_id = RoomId(room.id)
    people = tuple(
        PersonOut(id=MemberId(p.member_id), handle=p.handle, name=p.name, hue=p.hue, avatar_url=p.avatar_url)
        for p in others
    )
    return RoomOut(
        id=room_id, kind=room.kind, title=room.title or ", ".join(p.name for p in people),
        hue=people[0].hue if people and room.kind == "direct" else room.hue,
        club_id=ClubId(room.club_id) if room.club_id else None,
        others=people, members=sizes.get(room.id, 0), head=heads[room_id], read_seq=mine.read_seq,
        unread=max(0, heads[room_id] - mine.read_seq), last=last.get(room_id), topic=room.topic, role=mine.role,
        level=level_of(room, mine), quiet_until=mine.quiet_until, archived_at=room.archived_at,
        slow_seconds=room.slow_seconds, silenced_until=mine.silenced_until, keep_days=room.keep_days,
        event_id=EventId(room.event_id) if room.event_id else None,
    )  # fmt: skip
