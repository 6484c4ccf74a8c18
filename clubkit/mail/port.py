"""The `Mail` port."""

from dataclasses import dataclass, field
from typing import Protocol


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
