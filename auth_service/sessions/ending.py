"""The rules of a session's end. The record goes first: after that nothing can renew it, whatever else fails."""

from collections.abc import Sequence
from dataclasses import replace

from auth_service.sessions.errors import NoSuchSession, SessionOver
from auth_service.sessions.models import Session
from auth_service.sessions.rules import ends_at
from auth_service.sessions.store import SessionStore
from clubkit.contracts.auth import MemberSignedOut
from clubkit.db.work import Works
from clubkit.ids import MemberId
from clubkit.realtime.wire import Wire

TRIES = 5


def store_of(works: Works) -> SessionStore:
    return works.ports[SessionStore]


async def end(works: Works, sessions: Sequence[Session]) -> None:
    """Ends these: no more tokens, sockets closed, and the fact for whoever listens. Ended ones are left out."""
    ended = [session for session in sessions if await store_of(works).remove(session)]
    if not ended:
        return
    wire = works.ports[Wire]

    async def close_sockets() -> None:
        for session in ended:
            await wire.kick(session_id=session.id)

    async with works.open() as work:
        for session in ended:
            work.publish(MemberSignedOut(member_id=session.member_id, session_id=session.id, at=work.now))
        work.after_commit(close_sockets)


async def must_be_open(works: Works, member_id: MemberId, session_id: str) -> None:
    """Raises SessionOver. For what a token that outlives its session by minutes must not do."""
    session = await store_of(works).get(session_id)
    if session is None or session.member_id != member_id:
        raise SessionOver


async def end_one(works: Works, member_id: MemberId, session_id: str) -> None:
    """Raises NoSuchSession, for another member's too."""
    session = await store_of(works).get(session_id)
    if session is None or session.member_id != member_id:
        raise NoSuchSession
    await end(works, [session])


async def end_all(works: Works, member_id: MemberId, *, but: str | None = None) -> None:
    """Ends every session of a member, except the one with the id `but`."""
    sessions = await store_of(works).of(member_id, now=works.clock())
    await end(works, [session for session in sessions if session.id != but])


async def restamp(works: Works, session_id: str, credentials_version: int) -> None:
    """Lets a session live on under a new password."""
    store = store_of(works)
    for _ in range(TRIES):
        session = await store.get(session_id)
        if session is None:
            return
        next_one = replace(session, credentials_version=credentials_version, version=session.version + 1)
        if await store.replace(next_one, keep=ends_at(session) - works.clock()):
            return
