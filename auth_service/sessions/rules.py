"""The rules of refresh-token rotation, without a clock or a store (RFC 9700, section 4.14.2).

A token is exchanged once. Whoever shows an exchanged token again is either another tab of the same browser, a
moment later, or a thief (or the member after a thief): then the whole session ends.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from auth_service.sessions.models import IDLE, LONGEST, Session, Spent

GRACE = timedelta(seconds=10)
"""How long an exchanged token still answers its successor, for two tabs that race."""
MOST_SPENT = 16

Successor = Callable[[bytes, str], bytes]
"""(token, salt) → the token that follows. One-way, and not to be computed without the hub's secret."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The session as it goes on, and its new token."""

    session: Session
    token: bytes


@dataclass(frozen=True, slots=True)
class Repeated:
    """Another tab was first. It gets the token that is good now; the session stays as it is."""

    token: bytes


@dataclass(frozen=True, slots=True)
class Reused:
    """A token from the past: end the session."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Too long unused, or too old altogether."""


Verdict = Exchanged | Repeated | Reused | Lapsed


def digest_of(token: bytes) -> str:
    return hashlib.sha256(token).hexdigest()


def ends_at(session: Session) -> datetime:
    """30 days after the last use, 90 after the sign-in at the latest."""
    return min(session.last_used_at + IDLE, session.created_at + LONGEST)


def show(session: Session, token: bytes, *, now: datetime, salt: str, successor: Successor) -> Verdict:
    """What happens when a genuine token of this session's chain is shown.

    token: 32 bytes that this hub once handed out for this session. salt: fresh randomness for the next one.
    """
    if now >= ends_at(session):
        return Lapsed()
    if digest_of(token) == session.digest:
        following = successor(token, salt)
        spent = (*_recent(session, now), Spent(session.digest, salt, now))[-MOST_SPENT:]
        return Exchanged(
            replace(session, digest=digest_of(following), spent=spent, last_used_at=now, version=session.version + 1),
            following,
        )
    for link in _recent(session, now):
        if digest_of(token) == link.digest:  # walk on: the tab may be more than one exchange behind
            token = successor(token, link.salt)
            if digest_of(token) == session.digest:
                return Repeated(token)
    return Reused()


def _recent(session: Session, now: datetime) -> tuple[Spent, ...]:
    return tuple(link for link in session.spent if now - link.at <= GRACE)
