"""The rules of what is read: one pointer per member and room, which never moves back; who has read how far."""

from collections.abc import Collection, Sequence

from chat_service.messages import overview
from chat_service.messages import service as messages
from chat_service.messages.schemas import Counts
from chat_service.rooms import places
from chat_service.rooms.errors import RoomNotFound
from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.schemas import Reader, ReadPointer, Receipts, Seen
from chat_service.rooms.store import RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId
from clubkit.realtime.wire import Wire, member_channel, room_channel

MOST_READERS = 100
"""In rooms with more members nobody is told who has read what."""
A_FEW = 12
"""In rooms with no more members, everybody hears at once how far the others have read."""


async def mark_read(work: UnitOfWork, member_id: MemberId, room_id: RoomId, seq: int) -> ReadPointer:
    """Moves the read pointer up to `seq`, at most the head; tells the member's other devices. Raises RoomNotFound."""
    store = RoomStore(work)
    found = await store.membership(room_id, member_id)
    if found is None:
        raise RoomNotFound
    heads = await messages.heads(work, [room_id])
    before = found[1].read_seq
    read = max(before, min(seq, heads[room_id].seq))
    if read > before:
        await places.read_up_to(work, {(room_id, member_id): read})
    teams = teams_among(await store.memberships(member_id)) if read < heads[room_id].seq else ()
    counts = (await overview.counts_of(work, member_id, {room_id: read}, heads, teams))[room_id]
    pointer = ReadPointer(room=room_id, read_seq=read, unread=counts.unread, mentions=counts.mentions)
    wire = work.port(Wire)
    work.after_commit(lambda: wire.emit("room.read", pointer, to=member_channel(member_id)))
    if read > before and await store.size(room_id, A_FEW) <= A_FEW:
        seen = Seen(room=room_id, member_id=member_id, read_seq=read)
        work.after_commit(lambda: wire.emit("room.seen", seen, to=room_channel(room_id)))
    return pointer


async def receipts(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> Receipts:
    """Who has read how far, in rooms that are not too large for it. Raises RoomNotFound."""
    store = RoomStore(work)
    if await store.membership(room_id, member_id) is None:
        raise RoomNotFound
    pointers = await store.pointers(room_id, MOST_READERS + 1)
    if len(pointers) > MOST_READERS:
        return Receipts(room=room_id, readers=())
    readers = (Reader(member_id=who, read_seq=read) for who, read in sorted(pointers.items()))
    return Receipts(room=room_id, readers=tuple(readers))


async def counts_in(work: UnitOfWork, member_id: MemberId, room_ids: Collection[RoomId]) -> dict[RoomId, Counts]:
    """What she has not read, of those of the rooms that she is in."""
    mine = await RoomStore(work).memberships(member_id)
    pointers = {RoomId(room.id): row.read_seq for room, row in mine if room.id in room_ids}
    heads = await messages.heads(work, pointers)
    return await overview.counts_of(work, member_id, pointers, heads, teams_among(mine))


def teams_among(mine: Sequence[tuple[RoomRow, RoomMemberRow]]) -> list[RoomId]:
    """Those of a member's rooms that are a team's: calling the team calls her."""
    return [RoomId(room.id) for room, _ in mine if room.kind == "team"]
