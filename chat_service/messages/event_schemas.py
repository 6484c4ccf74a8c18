"""What happens in a room, as it is told: one closed union over everything that takes a place in the sequence.

A client keeps the last seq it applied per room. The next one is applied, an older one dropped, a gap asked for; a
higher epoch means to start from the newest page. A page is as of its `head`: to its messages, what is later applies.
A message that was deleted stays as an empty one, to which nothing applies any more; quotes of it lose their words.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, RootModel

from chat_service.messages.schemas import Epoch, Mention, MessageOut, Nth, PreviewOut, Seq
from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, MessageId, RoomId


class Happened(Contract):
    """What all have. by: null when it was no member (a webhook, the hub)."""

    room: RoomId
    epoch: Epoch
    seq: Seq
    nth: Nth
    at: datetime
    by: MemberId | None
    by_name: str


class Changed(Happened):
    """Something happened to a message."""

    target: MessageId
    target_seq: Seq


class RoomMessage(Happened):
    """A message, as it was sent; one that is deleted by now comes without its words."""

    kind: Literal["message"] = "message"
    message: MessageOut


class RoomEdited(Changed):
    """`edits`: how often so far. Without words when the message is deleted by now."""

    kind: Literal["edited"] = "edited"
    body: str
    mentions: tuple[Mention, ...]
    edits: int


class RoomDeleted(Changed):
    kind: Literal["deleted"] = "deleted"
    moderated: bool


class RoomReacted(Changed):
    kind: Literal["reacted"] = "reacted"
    emoji: str
    on: bool


class RoomPinned(Changed):
    kind: Literal["pinned"] = "pinned"
    on: bool


class RoomPreviewed(Changed):
    """The linked pages say this of themselves. Comes after the message."""

    kind: Literal["previewed"] = "previewed"
    previews: tuple[PreviewOut, ...]


class RoomVoted(Changed):
    """How `by` votes now: it replaces her earlier vote."""

    kind: Literal["voted"] = "voted"
    options: tuple[int, ...]


class RoomNotice(Happened):
    """A line of the room's own: somebody joined, slow mode, old messages taken out ("truncated") …

    `what` may be any word; an app that does not know it shows nothing.
    """

    kind: Literal["notice"] = "notice"
    what: str
    subject: dict[str, Any] = Field({})


AnyEvent = (
    RoomMessage | RoomEdited | RoomDeleted | RoomReacted | RoomPinned | RoomPreviewed | RoomVoted | RoomNotice
)  # fmt: skip
AnyChange = RoomEdited | RoomDeleted | RoomReacted | RoomPinned | RoomPreviewed | RoomVoted


class RoomEvent(RootModel[Annotated[AnyEvent, Field(discriminator="kind")]]):
    """Something that happened in a room."""

    model_config = ConfigDict(frozen=True)


class Stretch(Contract):
    """What happened in a room, in order, and how far the room goes. `reset`: start from the newest page instead."""

    room: RoomId
    epoch: Epoch
    events: tuple[RoomEvent, ...]
    head: Seq
    nth: Nth
    reset: bool = False


class Sync(Contract):
    """What was missed, room by room. Rooms without news are left out; a stretch may end before its room's head."""

    stretches: tuple[Stretch, ...]
