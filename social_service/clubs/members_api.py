"""Membership over HTTP: joining, leaving, requests, invitations, roles."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from clubkit.cache.limits import Limits, Rate
from clubkit.http.dependencies import CurrentMember, Reading, Work, ports_of
from clubkit.http.paging import CursorText, Limit, Page, cursor_key, instant, page_of
from clubkit.ids import MemberId
from social_service.clubs import invites, membership, showing
from social_service.clubs.api import ClubRef
from social_service.clubs.schemas import (
    ClubMember,
    FreshInvite,
    InvitePreview,
    Invites,
    Join,
    JoinRequest,
    NewInvite,
    SetRole,
    Standing,
)

router = APIRouter(tags=["social"])

MemberPath = Annotated[MemberId, Path(min_length=1, max_length=36)]
TokenPath = Annotated[str, Path(min_length=1, max_length=100)]
GUESS_RATE = Rate(20, per=60)
"""Invitation tokens are 192 bits; this only keeps a guesser from being a nuisance."""


@router.post("/clubs/{club}/join")
async def join_club(club: ClubRef, wish: Join, member: CurrentMember, work: Work, request: Request) -> Standing:
    """Joins an open club, asks to join another, or uses an invitation. Twice is the same as once."""
    if wish.token is not None:
        await ports_of(request)[Limits].spend("club.invite", member.member_id, GUESS_RATE)
    return await membership.join(work, member, club, wish)


@router.post("/clubs/{club}/leave", status_code=204)
async def leave_club(club: ClubRef, member: CurrentMember, work: Work) -> None:
    """Leaves the club, or takes back a request. The last owner cannot."""
    await membership.leave(work, member, club)


@router.get("/clubs/{club}/members")
async def list_club_members(
    club: ClubRef, member: CurrentMember, work: Reading, request: Request, response: Response,
    cursor: CursorText = None, limit: Limit = 50,
) -> Page[ClubMember]:  # fmt: skip
    """Who is in the club, longest members first."""
    name = f"club-members:{club}"
    rows, after = await showing.members(work, member, club, key=_since(request, name, cursor), limit=limit)
    return page_of(request, response, name, rows, after)


@router.put("/clubs/{club}/members/{member_id}")
async def set_club_role(
    club: ClubRef, member_id: MemberPath, wish: SetRole, member: CurrentMember, work: Work
) -> Standing:
    return await membership.set_role(work, member, club, member_id, wish.role)


@router.delete("/clubs/{club}/members/{member_id}", status_code=204)
async def remove_club_member(club: ClubRef, member_id: MemberPath, member: CurrentMember, work: Work) -> None:
    await membership.remove(work, member, club, member_id)


@router.get("/clubs/{club}/requests")
async def list_join_requests(
    club: ClubRef, member: CurrentMember, work: Reading, request: Request, response: Response,
    cursor: CursorText = None, limit: Limit = 50,
) -> Page[JoinRequest]:  # fmt: skip
    """Who asks to be let in, longest waiting first."""
    name = f"club-requests:{club}"
    rows, after = await showing.requests(work, member, club, key=_since(request, name, cursor), limit=limit)
    return page_of(request, response, name, rows, after)


@router.post("/clubs/{club}/requests/{member_id}/approve", status_code=204)
async def approve_join_request(club: ClubRef, member_id: MemberPath, member: CurrentMember, work: Work) -> None:
    await membership.answer_request(work, member, club, member_id, welcome=True)


@router.post("/clubs/{club}/requests/{member_id}/decline", status_code=204)
async def decline_join_request(club: ClubRef, member_id: MemberPath, member: CurrentMember, work: Work) -> None:
    await membership.answer_request(work, member, club, member_id, welcome=False)


@router.post("/clubs/{club}/invites", status_code=201)
async def invite_to_club(club: ClubRef, wish: NewInvite, member: CurrentMember, work: Work) -> FreshInvite:
    """Makes an invitation link. Its token is shown this once."""
    return await invites.invite(work, member, club, wish)


@router.get("/clubs/{club}/invites")
async def list_club_invites(club: ClubRef, member: CurrentMember, work: Reading) -> Invites:
    return await invites.list_invites(work, member, club)


@router.delete("/clubs/{club}/invites/{invite_id}", status_code=204)
async def revoke_club_invite(
    club: ClubRef, invite_id: Annotated[str, Path(max_length=36)], member: CurrentMember, work: Work
) -> None:
    await invites.revoke(work, member, club, invite_id)


@router.get("/invites/{token}")
async def get_invite(token: TokenPath, member: CurrentMember, work: Reading, request: Request) -> InvitePreview:
    """The club an invitation leads to. Using it: join with the token."""
    await ports_of(request)[Limits].spend("club.invite", member.member_id, GUESS_RATE)
    return await showing.behind_invite(work, member, token)


def _since(request: Request, name: str, cursor: str | None) -> tuple[datetime, str] | None:
    key = cursor_key(request, name, cursor)
    return None if key is None else (instant(key[0]), str(key[1]))
