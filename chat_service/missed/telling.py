"""The rules of telling by mail: of what calls a member, once it waited long enough, and never in a flood.

Only what is still unread counts, and only while she is away: who has the app open is not written to. Mails of one
member are an hour apart at least; what comes meanwhile goes into the next.
"""

from collections.abc import Sequence
from datetime import timedelta

from chat_service.messages import service as messages
from chat_service.messages.schemas import MessageOut
from chat_service.missed.calls import calls_in, look_after_each, newest
from chat_service.missed.links import OffLinks
from chat_service.missed.models import MissedRow
from chat_service.missed.store import MissedStore
from chat_service.presence import service as presence
from chat_service.rooms.pointers import counts_in
from chat_service.rooms.schemas import TALKS
from chat_service.rooms.titling import RoomTitle, titles_of
from chat_service.settings import MailRules
from clubkit.contracts.chat import MessageEdited, MessageSent, MessagesMissed, MissedRoom
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, MessageId, RoomId

STALE = timedelta(days=1)
"""What was said longer ago (an import, a log read again after a long pause) is mailed to nobody."""
APART = timedelta(hours=1)
LOOK_AGAIN = timedelta(minutes=5)
"""She is here, and may still read it herself."""
MOST_ROOMS = 10
PREVIEW = 140


async def note(work: UnitOfWork, said: Sequence[MessageSent | MessageEdited]) -> None:
    """Remembers who was called; nothing goes out yet."""
    wait = timedelta(minutes=work.ports[MailRules].minutes)
    rows = [
        {
            "member_id": call.member_id, "room_id": call.room_id, "message_id": call.message_id, "seq": call.seq,
            "due_at": call.at + wait,
        }
        for call in newest(calls_in(said, after=work.now - STALE))
    ]  # fmt: skip
    await MissedStore(work).note(rows)


async def tell_all(works: Works) -> int:
    """Looks after everybody who is due; answers how many mails were asked for."""
    return await look_after_each(works, lambda work, limit: MissedStore(work).due_members(limit), tell)


async def tell(work: UnitOfWork, member_id: MemberId) -> bool:
    """Whether a mail was asked for. Afterwards nothing of hers is due."""
    store = MissedStore(work)
    rows = await store.held(member_id)
    wanted, last_at = await store.choice(member_id)
    rooms = await _unread(work, member_id, rows) if wanted else []
    if not rooms:
        await store.drop(member_id, [RoomId(row.room_id) for row in rows])
        return False
    if await presence.are_here(work, [member_id]):
        await store.postpone(member_id, LOOK_AGAIN)
        return False
    if last_at and work.now - last_at < APART:
        await store.postpone(member_id, last_at + APART - work.now)
        return False
    work.publish(
        MessagesMissed(
            member_id=member_id, rooms=tuple(rooms[:MOST_ROOMS]), more=max(0, len(rooms) - MOST_ROOMS),
            off=work.ports[OffLinks].write(member_id), at=work.now,
        )
    )  # fmt: skip
    await store.note_mail(member_id)
    await store.drop(member_id, [RoomId(row.room_id) for row in rows])
    return True


async def _unread(work: UnitOfWork, member_id: MemberId, rows: Sequence[MissedRow]) -> list[MissedRoom]:
    """Of the rooms that she is still in: what calls her there and is unread, and stands."""
    titles = await titles_of(work, member_id)
    counts = await counts_in(work, member_id, [RoomId(row.room_id) for row in rows])
    now = await messages.messages_now(work, [MessageId(row.message_id) for row in rows])
    found = []
    for row in rows:
        room_id = RoomId(row.room_id)
        if room_id not in titles or room_id not in counts or counts[room_id].read_seq >= row.seq:
            continue
        title = titles[room_id]
        times = counts[room_id].unread if title.kind in TALKS else counts[room_id].mentions
        if times:
            found.append(_room(room_id, title, times, now.get(MessageId(row.message_id))))
    return found


def _room(room_id: RoomId, title: RoomTitle, times: int, message: MessageOut | None) -> MissedRoom:
    """Without the words of a message that was deleted meanwhile."""
    stands = message is not None and message.deleted_at is None
    return MissedRoom(
        room_id=room_id, title=title.title, is_talk=title.kind in TALKS, times=times,
        author_name=message.author_name if message and stands else "",
        preview=message.body[:PREVIEW] if message and stands else "",
    )  # fmt: skip
