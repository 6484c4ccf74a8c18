"""The wire shapes of sessions, and what a way in tells of the device."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from auth_service.accounts.schemas import Email, MemberOut, Password
from clubkit.contracts.base import Contract

SessionId = Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]


class SignIn(Contract):
    email: Email
    password: Password


class SignedIn(Contract):
    """The access token goes in the Authorization header and is kept in memory; the cookie beside it renews it."""

    access_token: str
    expires_in: int = Field(description="seconds")
    member: MemberOut


class SessionOut(Contract):
    """A device somebody signed in on."""

    id: str
    device: str
    ip_prefix: str
    created_at: datetime
    last_used_at: datetime
    current: bool = Field(description="the device that asks")


@dataclass(frozen=True, slots=True)
class Device:
    """What a session remembers of where it was opened."""

    name: str
    ip_prefix: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sign-in or a refresh hands out: the answer, and the secrets for the cookies."""

    answer: SignedIn
    session_id: str
    refresh_token: str
