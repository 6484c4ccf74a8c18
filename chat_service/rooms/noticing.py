"""What a room says of itself: who came, who went, what it is called now."""

from typing import Any

from chat_service.rooms.store import RoomHeads
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import RoomId


async def say(work: UnitOfWork, room_id: RoomId, by: Caller | None, what: str, **subject: Any) -> None:
    """Takes a place in the room's sequence; everybody in the room hears it."""


async def head_of(work: UnitOfWork, room_id: RoomId) -> int:
    return (await work.port(RoomHeads).heads([room_id]))[room_id]
