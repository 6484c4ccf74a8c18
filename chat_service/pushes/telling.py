"""The rules of telling devices: of what calls a member, once it waited a little, unless she is here or has read it.

A room is told of once per burst: what comes while it waits goes with what waits.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from chat_service.missed.calls import calls_in, look_after_each, newest
from chat_service.presence import service as presence
from chat_service.pushes.models import PushDueRow
from chat_service.pushes.store import PushStore
from chat_service.rooms.pointers import counts_in
from chat_service.settings import PushRules
from clubkit.contracts.chat import MessageEdited, MessageSent
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, RoomId

LOOK = "chat.look_for_pushes"
PUSH = "chat.push"
STALE = timedelta(hours=1)
"""What was said longer ago is told to no device: an import, or what she had open all the while."""
LOOK_AGAIN = timedelta(minutes=2)
"""She is here, and may still read it herself."""


async def note(work: UnitOfWork, said: Sequence[MessageSent | MessageEdited]) -> None:
    """Remembers who with a device was called; nothing goes out yet."""
    store, wait = PushStore(work), work.ports[PushRules].wait
    called = calls_in(said, after=work.now - STALE)
    listening = await store.with_devices({call.member_id for call in called}) if called else set()
    rows = [asdict(call) | {"due_at": call.at + wait} for call in newest(called) if call.member_id in listening]
    if rows and await store.note(rows):
        work.schedule(LOOK, due_at=max(call.at for call in called) + wait)


async def look_after_all(works: Works) -> int:
    """Looks after everybody who is due; answers how many pushes were asked for."""
    return await look_after_each(works, lambda work, limit: PushStore(work).due_members(limit), look_after)


async def look_after(work: UnitOfWork, member_id: MemberId) -> int:
    """How many pushes were asked for. Afterwards nothing of hers is due."""
    store = PushStore(work)
    rows = await store.held(member_id)
    devices = await store.devices_of(member_id)
    unread = await _unread(work, member_id, rows) if devices else []
    waiting: list[RoomId] = []
    if unread and await presence.are_here(work, [member_id]):
        waiting = [RoomId(row.room_id) for row in unread if work.now - row.at < STALE]
        unread = []
    for row in unread:
        for device in devices:
            work.schedule(PUSH, device=device, room_id=row.room_id, message_id=row.message_id, seq=row.seq)
    if waiting:
        await store.postpone(member_id, waiting, LOOK_AGAIN)
        work.schedule(LOOK, due_at=work.now + LOOK_AGAIN)
    done = [room_id for row in rows if (room_id := RoomId(row.room_id)) not in waiting]
    await store.drop(member_id, done)
    return len(unread) * len(devices)


async def _unread(work: UnitOfWork, member_id: MemberId, rows: Sequence[PushDueRow]) -> list[PushDueRow]:
    counts = await counts_in(work, member_id, [RoomId(row.room_id) for row in rows])
    return [
        row
        for row in rows
        if (mine := counts.get(RoomId(row.room_id))) and mine.read_seq < row.seq and mine.unread + mine.mentions
    ]
