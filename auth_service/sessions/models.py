"""A session: one sign-in on one device, and the chain of refresh tokens that keeps it open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from clubkit.ids import MemberId

IDLE = timedelta(days=30)
"""A session nobody used for so long is over."""
LONGEST = timedelta(days=90)
"""However it is used, after this the password is asked for."""


@dataclass(frozen=True, slots=True)
class Spent:
    """A token that was exchanged a moment ago. With `salt` and the token itself its successor can be made again."""

    digest: str
    salt: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """`digest` is of the one token that may be exchanged now; `version` rises with each change of the record."""

    id: str
    member_id: MemberId
    device: str
    ip_prefix: str
    credentials_version: int
    created_at: datetime
    last_used_at: datetime
    digest: str
    spent: tuple[Spent, ...] = ()
    version: int = 1
