"""The wire shapes of accounts, and what sessions may know of one."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from clubkit.contracts.base import Contract
from clubkit.ids import MemberId

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError("This does not look like a mail address.")
    return text


def _one_line(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Cs"} for character in text):
        raise ValueError("A name is one line of ordinary letters.")
    return text


def _normal(text: str) -> str:
    """One password typed on two keyboards is one password (RFC 8265: NFC)."""
    return unicodedata.normalize("NFC", text)


Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254), AfterValidator(_address)
]
"""An address in lower case: two spellings of one mailbox are one account."""
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_one_line)]
Handle = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{3,30}$")]
NewPassword = Annotated[str, Field(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD), AfterValidator(_normal)]
Password = Annotated[str, Field(min_length=1, max_length=LONGEST_PASSWORD), AfterValidator(_normal)]
"""A password as somebody gives it to be checked; the rules of new ones do not apply."""
TicketText = Annotated[str, StringConstraints(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]


class Register(Contract):
    name: Name
    email: Email
    password: NewPassword
    handle: Handle | None = Field(None, description="empty: made from the name")


class Verify(Contract):
    token: TicketText


class Forgot(Contract):
    email: Email


class ResetPassword(Contract):
    token: TicketText
    password: NewPassword


class ChangePassword(Contract):
    current: Password
    new: NewPassword


class Accepted(Contract):
    """The one answer of register and forgot, whatever we know of the address."""

    message: str


class MemberOut(Contract):
    """The member as she knows herself."""

    id: MemberId
    handle: str
    name: str
    email: str
    is_admin: bool


class Me(MemberOut):
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """An account as the sessions of this service may know it."""

    member: MemberOut
    credentials_version: int
    created_at: datetime


class MailSummary(Contract):
    """A mail in the development mailbox."""

    id: str
    to: str
    subject: str
    at: datetime


class MailOut(MailSummary):
    text: str
    html: str | None
