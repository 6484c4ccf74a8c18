"""The wire shapes of polls. The poll itself is the card of a message."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from chat_service.messages.schemas import MOST_OPTIONS, Change, Write

LONGEST_POLL = timedelta(days=30)
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=140)]


class AskPoll(Write):
    """multiple: members may choose more than one answer. `closes_at` null: when somebody closes it."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    options: tuple[Words, ...] = Field(max_length=MOST_OPTIONS)
    multiple: bool = False
    closes_at: datetime | None = None


class ClosePoll(Change):
    """Nobody votes any more."""
