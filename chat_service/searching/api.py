"""Searching one's rooms over HTTP."""

from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from fastapi import APIRouter, Query, Request, Response

from chat_service.searching import service
from chat_service.searching.schemas import FoundMessages
from clubkit.cache.limits import Limits, Rate
from clubkit.errors import Flaw, Invalid
from clubkit.http.dependencies import CurrentMember, Reading, ports_of
from clubkit.http.paging import CursorText
from clubkit.ids import RoomId

router = APIRouter(prefix="/chat", tags=["chat"])

SEARCH_RATE = Rate(120, per=60)


class NoSuchZone(Invalid):
    code = "no_such_zone"

    def __init__(self) -> None:
        super().__init__(
            "This is no time zone. Write it like Europe/Berlin.", errors=[Flaw("/zone", "Not a time zone.", self.code)]
        )


@router.get("/search")
async def search_messages(
    q: Annotated[str, Query(max_length=400, description="words; in:room from:@handle before: after: on:2026-03-14")],
    member: CurrentMember, work: Reading, request: Request, response: Response,
    room: Annotated[RoomId | None, Query(max_length=36, description="only in this room")] = None,
    zone: Annotated[str, Query(max_length=60, description="whose days are meant (IANA name)")] = "UTC",
    cursor: CursorText = None, limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> FoundMessages:  # fmt: skip
    """Messages of the rooms that the asker is in now, newest first."""
    if zone not in available_timezones():
        raise NoSuchZone
    await ports_of(request)[Limits].spend("chat.search", member.member_id, SEARCH_RATE)
    page = await service.search(work, member.member_id, q, room=room, zone=ZoneInfo(zone), after=cursor, limit=limit)
    if page.page.next:
        url = request.url.include_query_params(cursor=page.page.next)
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return page
