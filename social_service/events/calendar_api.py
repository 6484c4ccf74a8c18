"""Calendar files over HTTP. Calendar apps cannot sign in, so a club's feed is read by a secret address."""

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Response

from clubkit.http.dependencies import CurrentMember, Reading, Work
from clubkit.ids import EventId
from social_service.events import subscribing
from social_service.events.schemas import CalendarLink

router = APIRouter(tags=["social"])

ClubRef = Annotated[str, Path(min_length=1, max_length=60, description="id or slug")]
IfNoneMatch = Annotated[str | None, Header(max_length=100)]
MEDIA_TYPE = "text/calendar; charset=utf-8"
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}, "description": "an iCalendar file"}}


@router.get("/events/{event_id}.ics", response_class=Response, responses=_FILE)
async def event_calendar(
    event_id: Annotated[EventId, Path(min_length=1, max_length=36)], member: CurrentMember, work: Reading
) -> Response:
    """One date as a file to add to a calendar."""
    data = await subscribing.event_file(work, member, event_id)
    headers = {"Content-Disposition": f'attachment; filename="{event_id}.ics"'}
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


@router.get("/clubs/{club_id}/events.ics", response_class=Response, responses=_FILE)
async def club_calendar(
    club_id: ClubRef, work: Reading, token: Annotated[str, Query(min_length=1, max_length=100)],
    if_none_match: IfNoneMatch = None,
) -> Response:  # fmt: skip
    """All dates of a club, for a calendar app. The address comes from `calendar-link`."""
    data = await subscribing.club_file(work, club_id, token)
    mark = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": mark, "Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
    if if_none_match is not None and mark in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


@router.post("/clubs/{club_id}/calendar-link", status_code=201)
async def make_calendar_link(club_id: ClubRef, member: CurrentMember, work: Work) -> CalendarLink:
    """A secret address of the club's events for my calendar app, shown this once."""
    return await subscribing.make_link(work, member, club_id)


@router.delete("/clubs/{club_id}/calendar-link", status_code=204)
async def revoke_calendar_links(club_id: ClubRef, member: CurrentMember, work: Work) -> None:
    """All my addresses for this club stop working."""
    await subscribing.revoke_links(work, member, club_id)
