"""Reporting and moderating over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from chat_service.moderation import acting, reporting
from chat_service.moderation.schemas import (
    BarredOut,
    BlockedTerms,
    DeedOut,
    Discipline,
    Lift,
    Reported,
    ReportIn,
    ReportOut,
    Resolve,
    SlowMode,
)
from clubkit.cache.limits import Limits, Rate
from clubkit.contracts.base import Contract
from clubkit.http.dependencies import CurrentMember, Reading, Work, port
from clubkit.http.paging import CursorText, Limit, Page, cursor_key, page_of
from clubkit.ids import ClubId, MemberId, RoomId

router = APIRouter(prefix="/rooms", tags=["chat moderation"])

REPORT_RATE = Rate(20, per=3600)


class Until(Contract):
    until: datetime


class Terms(Contract):
    terms: list[str]


@router.post("/{room_id}/reports", status_code=201)
async def report_message(
    room_id: RoomId, body: ReportIn, member: CurrentMember, work: Work, limits: Annotated[Limits, port(Limits)]
) -> Reported:
    """Shows a message to the moderators, as it is now."""
    await limits.spend("chat.report", member.member_id, REPORT_RATE)
    return await reporting.report(work, member, room_id, body)


@router.get("/reports")
async def list_reports(
    request: Request, response: Response, member: CurrentMember, work: Reading, cursor: CursorText = None,
    limit: Limit = 50, room_id: Annotated[RoomId | None, Query()] = None, resolved: Annotated[bool, Query()] = False,
) -> Page[ReportOut]:  # fmt: skip
    """What members reported in the rooms you moderate, newest first."""
    key = cursor_key(request, "chat_reports", cursor)
    found = await reporting.queue(
        work, member, room_id=room_id, resolved=resolved, after=key[0] if key else None, limit=limit + 1
    )
    return page_of(request, response, "chat_reports", found[:limit], [found[limit - 1].id] if found[limit:] else None)


@router.post("/reports/{report_id}/resolve")
async def resolve_report(report_id: str, body: Resolve, member: CurrentMember, work: Work) -> ReportOut:
    """Settles a report; `removed` deletes the message in the same transaction."""
    return await reporting.resolve(work, member, report_id, body)


@router.get("/{room_id}/audit")
async def list_deeds(
    room_id: RoomId, request: Request, response: Response, member: CurrentMember, work: Reading,
    cursor: CursorText = None, limit: Limit = 50,
) -> Page[DeedOut]:  # fmt: skip
    """Who moderated what, when and why, newest first; for moderators."""
    key = cursor_key(request, "chat_audit", cursor)
    found = await reporting.audit(work, member, room_id, after=key[0] if key else None, limit=limit + 1)
    return page_of(request, response, "chat_audit", found[:limit], [found[limit - 1].id] if found[limit:] else None)


@router.put("/{room_id}/slow-mode", status_code=204)
async def set_slow_mode(room_id: RoomId, body: SlowMode, member: CurrentMember, work: Work) -> None:
    await acting.slow(work, member, room_id, body)


@router.put("/{room_id}/members/{member_id}/silence")
async def silence_member(
    room_id: RoomId, member_id: MemberId, body: Discipline, member: CurrentMember, work: Work
) -> Until:
    """The member reads and does not write, for a while or until it is taken back."""
    return Until(until=await acting.silence(work, member, room_id, member_id, body))


@router.post("/{room_id}/members/{member_id}/unsilence", status_code=204)
async def unsilence_member(room_id: RoomId, member_id: MemberId, body: Lift, member: CurrentMember, work: Work) -> None:
    await acting.unsilence(work, member, room_id, member_id, body.reason)


@router.put("/{room_id}/members/{member_id}/bar")
async def bar_member(
    room_id: RoomId, member_id: MemberId, body: Discipline, member: CurrentMember, work: Work
) -> Until:
    """The member is out of the room at once and is not let in again, for a while or until it is taken back."""
    return Until(until=await acting.bar(work, member, room_id, member_id, body))


@router.post("/{room_id}/members/{member_id}/unbar", status_code=204)
async def unbar_member(room_id: RoomId, member_id: MemberId, body: Lift, member: CurrentMember, work: Work) -> None:
    await acting.unbar(work, member, room_id, member_id, body.reason)


@router.get("/{room_id}/barred")
async def list_barred(room_id: RoomId, member: CurrentMember, work: Reading) -> Page[BarredOut]:
    """Who is not let in just now, and until when, by name; for moderators."""
    return Page(data=await acting.barred_from(work, member, room_id))


@router.get("/of-club/{club_id}/blocked-terms")
async def list_blocked_terms(club_id: ClubId, member: CurrentMember, work: Reading) -> Terms:
    return Terms(terms=await acting.terms_of(work, member, club_id))


@router.put("/of-club/{club_id}/blocked-terms")
async def set_blocked_terms(club_id: ClubId, body: BlockedTerms, member: CurrentMember, work: Work) -> Terms:
    """What no message in the club's rooms may hold; answers the terms as they are matched."""
    return Terms(terms=await acting.block_terms(work, member, club_id, body))
