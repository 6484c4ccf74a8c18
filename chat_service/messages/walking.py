"""A room's messages from its first to its last, for who makes something anew from all of them.

Asks for no permission.
"""

from collections.abc import Sequence

from chat_service.messages import service
from chat_service.messages.schemas import MessageOut
from chat_service.messages.store import MessageStore, Span
from clubkit.db.work import UnitOfWork
from clubkit.ids import RoomId


async def messages_after_ignoring_membership(
    work: UnitOfWork, room_id: RoomId, after: int, limit: int
) -> Sequence[MessageOut]:
    """Up to `limit` messages behind a seq, as they are now, oldest first; deleted ones as empty ones."""
    head = (await service.heads(work, [room_id]))[room_id]
    span = Span(max(after, head.floor_seq - 1), head.seq)
    if span.after >= span.upto:
        return ()
    return await service.folded(work, await work.port(MessageStore).newer(room_id, span, limit))
