"""Sessions over HTTP: sign in, renew, sign out, and the list of devices."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from auth_service import cookies, limits
from auth_service.sessions import ending, service
from auth_service.sessions.errors import SessionOver
from auth_service.sessions.schemas import SessionOut, SignedIn, SignIn
from auth_service.ways_in import AllWorks, InOpenSession, ThisDevice, not_stored
from clubkit.http.paging import Page
from clubkit.http.problems import problem_of, respond

router = APIRouter(prefix="/auth", tags=["auth"], dependencies=[Depends(not_stored)])


@router.post("/sign-in", dependencies=[Depends(cookies.check_origin)])
async def sign_in(form: SignIn, request: Request, response: Response, works: AllWorks, device: ThisDevice) -> SignedIn:
    """Signs in and sets the cookies that renew the token."""
    await limits.spend(request, limits.SIGN_IN, address=form.email)
    grant = await service.sign_in(works, form.email, form.password, device)
    cookies.put(request, response, grant)
    return grant.answer


@router.post("/refresh", response_model=SignedIn, dependencies=[Depends(cookies.check_origin)])
async def refresh(request: Request, response: Response, works: AllWorks, device: ThisDevice) -> SignedIn | Response:
    """A new access token for the refresh cookie, which is exchanged with it. Needs the X-CSRF-Token header."""
    await limits.spend(request, limits.REFRESH)
    try:
        session_id, token = cookies.shown(request)
        grant = await service.refresh(works, session_id, token, device)
    except SessionOver as over:  # the cookies are of no more use: the app can tell by the readable one's absence
        answer = respond(problem_of(over))
        cookies.clear(request, answer)
        return answer
    cookies.put(request, response, grant)
    return grant.answer


@router.post("/sign-out", status_code=204, dependencies=[Depends(cookies.check_origin)])
async def sign_out(request: Request, response: Response, works: AllWorks) -> None:
    """Ends this session and takes its cookies back. Needs the X-CSRF-Token header."""
    cookies.clear(request, response)
    try:
        session_id, _ = cookies.shown(request)
    except SessionOver:
        return
    await service.sign_out(works, session_id)


@router.get("/sessions")
async def list_sessions(member: InOpenSession, works: AllWorks) -> Page[SessionOut]:
    """The devices the member is signed in on, last used first; 50 at most, so always one page."""
    return Page(data=await service.sessions_of(works, member))


@router.delete("/sessions", status_code=204)
async def end_other_sessions(member: InOpenSession, works: AllWorks) -> None:
    """Signs every other device out."""
    await ending.end_all(works, member.member_id, but=member.session_id)


@router.delete("/sessions/{session_id}", status_code=204)
async def end_session(session_id: Annotated[str, Path(max_length=40)], member: InOpenSession, works: AllWorks) -> None:
    """Signs one device out."""
    await ending.end_one(works, member.member_id, session_id)
