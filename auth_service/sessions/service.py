"""The rules of a session's life: opened by a password or a link, renewed by its token, listed."""

from collections.abc import Sequence
from dataclasses import replace

from auth_service.accounts import service as accounts
from auth_service.accounts.schemas import Known
from auth_service.sessions import rules
from auth_service.sessions.ending import TRIES, end, store_of
from auth_service.sessions.errors import SessionOver
from auth_service.sessions.models import Session
from auth_service.sessions.refresh_tokens import RefreshTokens
from auth_service.sessions.schemas import Device, Grant, SessionOut, SignedIn
from auth_service.tokens.service import SigningKeys
from clubkit.db.work import Works
from clubkit.identity import Caller
from clubkit.ids import MemberId, new_id
from clubkit.tokens import ACCESS_LIFETIME

MOST_SESSIONS = 50
"""Devices signed in at once. With one more, the one longest unused is signed out."""


async def sign_in(works: Works, email: str, password: str, device: Device) -> Grant:
    """Raises WrongCredentials, NotVerified, Unavailable."""
    return await open_session(works, await accounts.check_credentials(works, email, password), device)


async def open_session(works: Works, account: Known, device: Device) -> Grant:
    """Signs a member in whose right to it has been shown."""
    now, token = works.clock(), RefreshTokens.fresh()
    session = Session(
        id=new_id(now), member_id=account.member.id, device=device.name, ip_prefix=device.ip_prefix,
        credentials_version=account.credentials_version, created_at=now, last_used_at=now,
        digest=rules.digest_of(token),
    )  # fmt: skip
    earlier = await store_of(works).of(account.member.id, now=now)
    await end(works, earlier[MOST_SESSIONS - 1 :])
    await store_of(works).add(session, keep=rules.ends_at(session) - now)
    return await _grant(works, account, session.id, token)


async def refresh(works: Works, session_id: str, token: bytes, device: Device) -> Grant:
    """Exchanges a genuine refresh token of this session. A spent one ends the session. Raises SessionOver."""
    session, following = await _exchange(works, session_id, token, device)
    async with works.reading() as work:
        account = await accounts.known(work, session.member_id)
    if account is None or account.credentials_version != session.credentials_version:
        await end(works, [session])  # signed in with a password that is no longer hers
        raise SessionOver
    return await _grant(works, account, session_id, following)


async def sign_out(works: Works, session_id: str) -> None:
    """Ends the session if it is still there: signing out twice is signing out."""
    if session := await store_of(works).get(session_id):
        await end(works, [session])


async def sessions_of(works: Works, caller: Caller) -> list[SessionOut]:
    """The caller's devices, last used first."""
    now = works.clock()
    sessions = await store_of(works).of(caller.member_id, now=now)
    return [_out(session, caller.session_id) for session in _alive(sessions, works)]


async def _exchange(works: Works, session_id: str, token: bytes, device: Device) -> tuple[Session, bytes]:
    """The session after the exchange and the token that is good now. Two tabs race here: one wins, both get it."""
    store, tokens = store_of(works), works.ports[RefreshTokens]
    for _ in range(TRIES):
        session, now = await store.get(session_id), works.clock()
        if session is None:
            raise SessionOver
        match rules.show(session, token, now=now, salt=tokens.salt(), successor=tokens.successor):
            case rules.Exchanged(next_one, following):
                next_one = replace(next_one, device=device.name, ip_prefix=device.ip_prefix)
                if await store.replace(next_one, keep=rules.ends_at(next_one) - now):
                    return next_one, following
            case rules.Repeated(following):
                return session, following
            case rules.Reused() | rules.Lapsed():
                await end(works, [session])
                raise SessionOver
    raise SessionOver


async def _grant(works: Works, account: Known, session_id: str, token: bytes) -> Grant:
    now, member = works.clock(), account.member
    caller = Caller(MemberId(member.id), member.handle, member.name, session_id, now + ACCESS_LIFETIME, member.is_admin)
    signer = await works.ports[SigningKeys].signer()
    answer = SignedIn(
        access_token=signer.sign(caller, now=now), expires_in=int(ACCESS_LIFETIME.total_seconds()), member=member
    )
    return Grant(answer, session_id, works.ports[RefreshTokens].write(session_id, token))


def _alive(sessions: Sequence[Session], works: Works) -> list[Session]:
    return [session for session in sessions if rules.ends_at(session) > works.clock()]


def _out(session: Session, current: str) -> SessionOut:
    return SessionOut(
        id=session.id, device=session.device, ip_prefix=session.ip_prefix, created_at=session.created_at,
        last_used_at=session.last_used_at, current=session.id == current,
    )  # fmt: skip
