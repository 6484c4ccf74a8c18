"""Events over HTTP: planning, showing, answering."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from clubkit.cache.limits import Limits, Rate
from clubkit.http.dependencies import CurrentMember, Reading, Work, ports_of
from clubkit.http.etag import IfMatch, tag
from clubkit.http.idempotency import OnceOnly
from clubkit.http.paging import BadCursor, CursorText, Limit, Page, cursor_key, instant, page_of
from clubkit.ids import EventId
from social_service.events import answering, cancelling, changing, planning, showing
from social_service.events.schemas import (
    Answered,
    AnswerIn,
    Attendee,
    Calendar,
    Cancelling,
    Changed,
    EventOut,
    EventPatch,
    NewEvent,
    Preview,
    Scheduled,
    Scope,
    Standing,
    Timing,
)

router = APIRouter(tags=["social"])

ClubRef = Annotated[str, Path(min_length=1, max_length=60, description="id or slug")]
EventRef = Annotated[EventId, Path(min_length=1, max_length=36)]
Which = Annotated[Scope, Query(description="this date, this and the following, or all still to come")]
PREVIEW_RATE = Rate(60, per=60)
SCHEDULE_RATE = Rate(30, per=300)


@router.post("/clubs/{club_id}/events", status_code=201)
async def schedule_event(
    club_id: ClubRef, wish: NewEvent, member: CurrentMember, work: Work, once: OnceOnly, request: Request
) -> Scheduled:
    """Plans an event, once or by a rule; answers its first dates."""
    await ports_of(request)[Limits].spend("event.schedule", member.member_id, SCHEDULE_RATE)
    return await once(Scheduled, planning.schedule(work, member, club_id, wish))


@router.post("/clubs/{club_id}/events/preview")
async def preview_event(
    club_id: ClubRef, timing: Timing, member: CurrentMember, work: Reading, request: Request
) -> Preview:
    """The next ten dates of a rule and what it says in plain words; stores nothing."""
    await ports_of(request)[Limits].spend("event.preview", member.member_id, PREVIEW_RATE)
    return await planning.preview(work, member, club_id, timing)


@router.get("/events")
async def list_events(
    member: CurrentMember, work: Reading,
    since: Annotated[datetime, Query(alias="from", description="with an offset")],
    until: Annotated[datetime, Query(alias="to", description="with an offset; at most 400 days later")],
    club_id: Annotated[str | None, Query(max_length=60, description="id or slug; empty: all of my clubs")] = None,
    mine: Annotated[bool, Query(description="only those I answered with yes or maybe")] = False,
) -> Calendar:  # fmt: skip
    """Events that touch a range, by start."""
    return await showing.calendar(work, member, since, until, club=club_id, mine=mine)


@router.get("/events/{event_id}")
async def get_event(event_id: EventRef, member: CurrentMember, work: Reading, response: Response) -> EventOut:
    event = await showing.page(work, member, event_id)
    tag(response, event.version)
    return event


@router.patch("/events/{event_id}")
async def edit_event(
    event_id: EventRef, changes: EventPatch, member: CurrentMember, work: Work, version: IfMatch, response: Response,
    scope: Which = "this",
) -> Changed:  # fmt: skip
    """Changes what is given (JSON Merge Patch). Needs If-Match with the event's ETag."""
    changed = await changing.edit(work, member, event_id, changes, scope, version=version)
    tag(response, changed.event.version)
    return changed


@router.post("/events/{event_id}/cancel")
async def cancel_event(
    event_id: EventRef, body: Cancelling, member: CurrentMember, work: Work, version: IfMatch, response: Response,
    scope: Which = "this",
) -> Changed:  # fmt: skip
    """Calls the event off. Needs If-Match with the event's ETag."""
    changed = await cancelling.cancel(work, member, event_id, scope, body.reason, version=version)
    tag(response, changed.event.version)
    return changed


@router.put("/events/{event_id}/answer")
async def answer_event(event_id: EventRef, answer: AnswerIn, member: CurrentMember, work: Work) -> Answered:
    """Says yes, maybe or no. A yes to a full event waits in line."""
    return await answering.answer(work, member, event_id, answer)


@router.get("/events/{event_id}/answers")
async def list_event_answers(
    event_id: EventRef, request: Request, response: Response, member: CurrentMember, work: Reading,
    standing: Annotated[Standing | None, Query(description="empty: everybody who answered")] = None,
    cursor: CursorText = None, limit: Limit = 50,
) -> Page[Attendee]:  # fmt: skip
    """Who answered, the first first."""
    name = f"answers:{event_id}:{standing}"
    key = _place(cursor_key(request, name, cursor))
    people, after = await showing.answers(work, member, event_id, standing=standing, key=key, limit=limit)
    return page_of(request, response, name, people, after)


def _place(key: list[object] | None) -> tuple[datetime, str] | None:
    if key is None:
        return None
    if len(key) != 2:
        raise BadCursor
    return instant(key[0]), str(key[1])
