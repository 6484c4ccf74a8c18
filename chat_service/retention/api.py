"""How long a room keeps what is said, and taking it along, over HTTP."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from chat_service.retention import exporting, keeping
from chat_service.retention.schemas import SetRetention
from clubkit.cache.limits import Limits, Rate
from clubkit.db.work import Works
from clubkit.http.dependencies import CurrentMember, Work, port
from clubkit.ids import RoomId

router = APIRouter(prefix="/rooms/{room_id}", tags=["chat"])

EXPORT_RATE = Rate(5, per=3600)


@router.put("/retention", status_code=204)
async def set_retention(room_id: RoomId, body: SetRetention, member: CurrentMember, work: Work) -> None:
    """After how many days messages go, for good and for everybody."""
    await keeping.set_days(work, member, room_id, body)


@router.get("/export", response_class=StreamingResponse)
async def export_room(
    room_id: RoomId,
    member: CurrentMember,
    works: Annotated[Works, port(Works)],
    limits: Annotated[Limits, port(Limits)],
) -> StreamingResponse:
    """Everything in the room that you can see, as JSON Lines."""
    await limits.spend("chat.export", member.member_id, EXPORT_RATE)
    lines = exporting.lines(works, room_id, member.member_id)
    first = await anext(lines)  # refusals come before the answer begins

    async def all_lines() -> AsyncIterator[bytes]:
        yield first
        async for line in lines:
            yield line

    headers = {"Content-Disposition": f'attachment; filename="room-{room_id[:36]}.jsonl"'}
    return StreamingResponse(all_lines(), media_type="application/jsonl", headers=headers)
