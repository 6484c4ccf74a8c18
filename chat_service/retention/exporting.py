"""A room written out: a line of JSON for the room, one per message as it now is, one for its files, one at the end."""

from collections.abc import AsyncIterator
from typing import Any

import orjson

from chat_service.messages import reading
from chat_service.messages import service as messages
from chat_service.messages.schemas import MessageOut
from chat_service.rooms import browsing, discipline
from chat_service.rooms import service as rooms
from chat_service.rooms.errors import RoomNotFound
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, RoomId

PAGE = 200
FORMAT = "clubholohub.room.v1"


async def lines(works: Works, room_id: RoomId, member_id: MemberId | None) -> AsyncIterator[bytes]:
    """What a member may see of a room; None: an operator at the machine. Raises RoomNotFound before the first line.

    Each page is read in a work of its own, so a long export keeps nobody waiting. What comes in meanwhile is in it
    too, up to the end of the last page.
    """
    async with works.reading() as work:
        head = await _about(work, room_id, member_id)
    yield _line({"type": "room", "format": FORMAT, **head})
    files: list[dict[str, Any]] = []
    count, after = 0, 0
    while True:
        async with works.reading() as work:
            page = await _page(work, room_id, member_id, after)
        for message in page:
            count += 1
            files += [{"message": message.id, **file.model_dump(mode="json")} for file in message.attachments]
            yield _line({"type": "message", **message.model_dump(mode="json")})
        if len(page) < PAGE:
            break
        after = page[-1].seq
    yield _line({"type": "attachments", "files": files})
    yield _line({"type": "end", "messages": count, "attachments": len(files)})


async def _about(work: UnitOfWork, room_id: RoomId, member_id: MemberId | None) -> dict[str, Any]:
    if member_id is not None:
        await rooms.standing(work, room_id, member_id)
    room = await discipline.described(work, room_id)
    if room is None:
        raise RoomNotFound
    people = await browsing.everybody(work, room_id)
    return {"room": room, "exported_at": work.now.isoformat(), "members": people}


async def _page(work: UnitOfWork, room_id: RoomId, member_id: MemberId | None, after: int) -> tuple[MessageOut, ...]:
    """A member who is taken out meanwhile gets no further page. Raises RoomNotFound."""
    if member_id is not None:
        return (await reading.page(work, member_id, room_id, before=None, after=after, limit=PAGE)).messages
    return tuple(await messages.page_after(work, room_id, after, PAGE))


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value) + b"\n"
