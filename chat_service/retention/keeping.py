"""The rules of how long a room keeps what is said: its owners say so, everybody in it is told, and a job does it."""

from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from chat_service.messages import service as messages
from chat_service.moderation.auditing import note
from chat_service.retention.schemas import SetRetention
from chat_service.rooms import discipline
from clubkit.db.work import UnitOfWork, Works
from clubkit.identity import Caller
from clubkit.ids import RoomId

log = structlog.get_logger("retention")

messages_gone = Counter("hub_chat_messages_expired_total", "Messages that rooms kept long enough")


async def set_days(work: UnitOfWork, caller: Caller, room_id: RoomId, wish: SetRetention) -> None:
    """Raises RoomNotFound, NotYours."""
    where = await discipline.held(work, room_id, caller.member_id)
    where.require(where.owns)
    await discipline.keep_days(work, caller, where, wish.days)
    note(work, caller, "retention", room_id=room_id, club_id=where.club_id, why=wish.reason, days=wish.days)


async def expire_all(works: Works) -> int:
    """Each room in a work of its own; answers how many messages went."""
    async with works.reading() as work:
        rooms = await discipline.keeping_for_days(work)
    gone = 0
    for room_id, days in rooms:
        async with works.open(patient=True) as work:
            gone += await expire(work, room_id, days)
    return gone


async def expire(work: UnitOfWork, room_id: RoomId, days: int) -> int:
    """Takes out what was said more than so many days ago; answers how many messages that is.

    Whole days: apps start a room anew when its history changes, which shall not be all the time.
    """
    upto = await messages.first_since(work, room_id, _day(work.now) - timedelta(days=days))
    gone = await messages.count_before(work, room_id, upto)
    if gone:
        await messages.truncate(work, room_id, upto)
        messages_gone.inc(gone)
        log.info("messages expired", room=room_id, messages=gone)
    return gone


def _day(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
