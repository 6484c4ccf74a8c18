"""The rules of reading: history, gaps, and what was missed while away."""

from collections.abc import Mapping, Sequence

from chat_service.messages.before_schemas import GapRequest, Heads, Stretch
from chat_service.messages.models import Message
from chat_service.messages.sending import out
from chat_service.messages.store import MessageStore
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId

TOO_FAR_BEHIND = 500
"""More missed messages than this are not sent one by one: the app starts from the newest page."""
MOST_ROOMS = 200


async def fill_gap(work: UnitOfWork, member_id: MemberId, gap: GapRequest) -> Stretch:
    """Messages behind `gap.after`, oldest first. Raises RoomNotFound."""
    await rooms.standing(work, gap.room, member_id)
    store = _store(work)
    head = (await store.heads([gap.room]))[gap.room]
    return _stretch(gap.room, head, await store.after(gap.room, gap.after, gap.limit))


async def history(work: UnitOfWork, member_id: MemberId, room_id: RoomId, *, before: int | None, limit: int) -> Stretch:
    """The newest `limit` messages before `before` (or the end), oldest first. Raises RoomNotFound."""
    await rooms.standing(work, room_id, member_id)
    store = _store(work)
    head = (await store.heads([room_id]))[room_id]
    return _stretch(room_id, head, await store.before(room_id, before or head + 1, limit))


async def heads_of(work: UnitOfWork, member_id: MemberId, room_ids: tuple[RoomId, ...]) -> Heads:
    """Head seqs, of the asked rooms that the member is in and no others."""
    mine = await rooms.rooms_of(work, member_id)
    return Heads(heads=await _store(work).heads([room_id for room_id in room_ids if room_id in mine]))


async def missed(work: UnitOfWork, member_id: MemberId, cursors: Mapping[RoomId, int]) -> list[Stretch]:
    """For each room the member is still in: what came after her cursor, or a reset when that is too much."""
    mine = await rooms.rooms_of(work, member_id)
    store = _store(work)
    wanted = [room_id for room_id in list(cursors)[:MOST_ROOMS] if room_id in mine]
    stretches = []
    for room_id, head in (await store.heads(wanted)).items():
        behind = head - cursors[room_id]
        if behind < 0 or behind > TOO_FAR_BEHIND:  # a cursor from the future is from another history
            stretches.append(Stretch(room=room_id, messages=(), head=head, reset=True))
        elif behind:
            messages = await store.after(room_id, cursors[room_id], TOO_FAR_BEHIND)
            stretches.append(_stretch(room_id, head, messages))
    return stretches


def _store(work: UnitOfWork) -> MessageStore:
    return work.port(MessageStore)


def _stretch(room_id: RoomId, head: int, messages: Sequence[Message]) -> Stretch:
    return Stretch(room=room_id, messages=tuple(out(message) for message in messages), head=head)
