"""Who is asking: the caller a verified access token names, and the port that verifies one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clubkit.errors import Unauthenticated
from clubkit.ids import MemberId


class TokenExpired(Unauthenticated):
    code = "token_expired"

    def __init__(self) -> None:
        super().__init__("Your sign-in has run out. We are renewing it.")


class TokenRefused(Unauthenticated):
    code = "token_refused"

    def __init__(self) -> None:
        super().__init__("This sign-in is not valid. Please sign in again.")


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in member, as far as the access token tells."""

    member_id: MemberId
    handle: str
    name: str
    session_id: str
    expires_at: datetime
    is_admin: bool = False


class TokenVerifier(Protocol):
    async def verify(self, token: str) -> Caller:
        """The caller a token names. Raises TokenExpired or TokenRefused."""
        ...
