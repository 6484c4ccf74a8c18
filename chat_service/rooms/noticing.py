"""What a room says of itself: who came, who went, what it is called now."""

from typing import Any

from chat_service.messages import sending
from chat_service.messages import service as messages
from chat_service.messages.schemas import Receipt
from chat_service.rooms.managing_store import ManagingStore
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import RoomId

MOST_NAMED = 20


async def say(
    work: UnitOfWork, room_id: RoomId, by: Caller | None, what: str, *, client_id: str = "", **subject: Any
) -> Receipt:
    """Takes a place in the room's sequence; everybody in the room hears it. `members` come with their names.

    by None: nobody of the room did it. client_id: of the member's ask, so that asking again finds this.
    """
    if members := subject.get("members"):
        people = await ManagingStore(work).names(members[:MOST_NAMED])
        named = [{"id": member_id, "name": people.get(member_id, "")} for member_id in members[:MOST_NAMED]]
        subject |= {"members": named, "count": len(members)}
    if by is None:
        return await messages.notice(work, room_id, what, subject)
    return await messages.notice(work, room_id, what, subject, by=sending.author_of(by), client_id=client_id)


async def head_of(work: UnitOfWork, room_id: RoomId) -> int:
    """The newest seq: who comes in now has read all up to there."""
    return (await messages.heads(work, [room_id]))[room_id].seq
