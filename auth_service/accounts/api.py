"""Accounts over HTTP: register, confirm the address, choose a new password, see oneself."""

from fastapi import APIRouter, Depends, Request, Response

from auth_service import cookies, limits
from auth_service.accounts import recovering, registering, service
from auth_service.accounts.schemas import Accepted, ChangePassword, Forgot, Me, Register, ResetPassword, Verify
from auth_service.sessions import service as sessions
from auth_service.sessions.schemas import SignedIn
from auth_service.ways_in import AllWorks, InOpenSession, ThisDevice, not_stored
from clubkit.http.dependencies import CurrentMember, Reading, Work

router = APIRouter(prefix="/auth", tags=["auth"], dependencies=[Depends(not_stored)])

LOOK_IN_YOUR_MAIL = Accepted(message="Look in your mail: what comes next is there.")


@router.post("/register", status_code=202)
async def register(form: Register, request: Request, works: AllWorks) -> Accepted:
    """Asks for an account. The answer is the same whether or not the address has one; the mail tells."""
    await limits.spend(request, limits.REGISTER, address=form.email)
    await registering.register(works, form)
    return LOOK_IN_YOUR_MAIL


@router.post("/verify", dependencies=[Depends(cookies.check_origin)])
async def verify(form: Verify, request: Request, response: Response, works: AllWorks, device: ThisDevice) -> SignedIn:
    """Opens the account of the link in the mail and signs in at once."""
    await limits.spend(request, limits.VERIFY)
    async with works.open() as work:
        account = await registering.verify(work, form.token)
    grant = await sessions.open_session(works, account, device)
    cookies.put(request, response, grant)
    return grant.answer


@router.post("/password/forgot", status_code=202)
async def forgot_password(form: Forgot, request: Request, work: Work) -> Accepted:
    """Asks for a mail to choose a new password. The answer is always the same."""
    await limits.spend(request, limits.FORGOT, address=form.email)
    await recovering.forgot(work, form.email)
    return LOOK_IN_YOUR_MAIL


@router.post("/password/reset", status_code=204)
async def reset_password(form: ResetPassword, request: Request, works: AllWorks) -> None:
    """Sets the password with the link from the mail and signs every device out."""
    await limits.spend(request, limits.VERIFY)
    await recovering.reset(works, form.token, form.password)


@router.post("/password/change", status_code=204)
async def change_password(form: ChangePassword, request: Request, member: InOpenSession, works: AllWorks) -> None:
    """Sets the password, knowing the present one, and signs every other device out."""
    await limits.spend(request, limits.CHANGE, address=member.member_id)
    await recovering.change(works, member.member_id, member.session_id, form.current, form.new)


@router.get("/me")
async def show_me(member: CurrentMember, work: Reading) -> Me:
    """The signed-in member, as the hub knows her now."""
    return await service.me(work, member.member_id)
