"""The wire shapes of searching messages."""

from datetime import datetime

from pydantic import Field

from chat_service.messages.schemas import Seq
from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, MessageId, RoomId
from clubkit.search.port import Span


class FoundMessage(Contract):
    """A message that was found, with all that is needed to jump to it."""

    id: MessageId
    room: RoomId
    room_title: str
    seq: Seq
    thread: MessageId | None
    author_id: MemberId | None
    author_name: str
    at: datetime
    excerpt: str = Field(description="the piece of it around what matched")
    marks: tuple[Span, ...] = Field(description="[from, to) in the excerpt, in characters: what matched")
    attachments: int = Field(description="how many files it has")


class FoundInfo(Contract):
    next: str | None
    prev: str | None = None


class FoundMessages(Contract):
    """Newest first. `total` may count a message that is not shown any more by the time it is looked at."""

    data: tuple[FoundMessage, ...]
    page: FoundInfo
    total: int
    guessed: bool = Field(description="nothing matched as written; these match with typing errors forgiven")
