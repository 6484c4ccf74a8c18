"""The `Mail` port."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Letter:
    """A mail to one person: plain text always, HTML beside it where given."""

    to: str
    subject: str
    text: str
    html: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Mail(Protocol):
    async def send(self, letter: Letter) -> None:
        """Hands the letter over. Raises Unavailable when it could not."""
        ...


@runtime_checkable
class Mailbox(Protocol):
    """A `Mail` that keeps its letters where they can be read: the development mailbox."""

    async def letters(self, limit: int = 100) -> Sequence[tuple[str, EmailMessage]]:
        """Ids and mails, newest first."""
        ...
