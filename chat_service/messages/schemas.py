"""The wire shapes of messages, over HTTP and sockets alike. What happens in a room is in `event_schemas`."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, MessageId, RoomId

LONGEST_BODY = 8_000
MOST_ATTACHMENTS = 10
MOST_OPTIONS = 20
"""Of a poll."""
LONGEST_ALT = 500
MOST_MEMBERS_SHOWN = 200
"""Of those who reacted alike; `count` is always exact."""
Uuid = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
ClientId = Annotated[str, StringConstraints(pattern=Uuid, to_lower=True)]
"""Made by the client when the write is composed (UUIDv7) and kept until it is acknowledged."""
Seq = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A place in a room's one dense sequence: 1, 2, 3 … without holes."""
Nth = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""How many messages the room had by then: of everything in the sequence, only messages are counted."""
Epoch = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""Which history of the room: it rises when old messages are taken out, so that older cursors start anew."""


def _keepable(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("unkeepable", "There is a character in this that cannot be kept.")
    return text


Body = Annotated[str, StringConstraints(max_length=LONGEST_BODY), AfterValidator(_keepable)]
Emoji = Annotated[str, StringConstraints(min_length=1, max_length=32)]
Alt = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_ALT), AfterValidator(_keepable)]
"""What a picture shows, for who cannot see it."""
Source = Literal["member", "hook", "bot"]
"""Who wrote: a member, something outside through a webhook, or the hub itself."""


class Quote(Contract):
    """The message that is answered, as it read then; empty once it is deleted."""

    id: MessageId
    seq: Seq
    author_name: str
    preview: str


class Mention(Contract):
    """here and room: everybody who is here, or in the room; `id` is then null. Of a team the id is its room's."""

    kind: Literal["member", "team", "here", "room"]
    id: str | None
    name: str


class AttachmentOut(Contract):
    id: str
    kind: Literal["image", "file", "video", "audio"]
    name: str
    size: int = Field(description="bytes")
    url: str
    width: int | None = None
    height: int | None = None
    poster_url: str | None = None
    alt: str = ""


class PreviewOut(Contract):
    """What a linked page says of itself."""

    url: str
    title: str
    site: str = ""
    description: str = ""
    image_url: str | None = None


class CardOut(Contract):
    """Something to look at or vote on inside a message. A poll's data: question, options, multiple, closes_at (when it
    ends by itself), closed_at (when somebody ended it: the notice "poll_closed"), votes (place of the option, as text,
    to the ids of those who chose it)."""

    kind: Literal["event", "pick", "poll"]
    id: str | None
    title: str
    data: dict[str, Any] = Field({})


class ReactionOut(Contract):
    emoji: str
    members: tuple[MemberId, ...] = Field(description=f"at most {MOST_MEMBERS_SHOWN}, first come first")
    count: int


class MessageOut(Contract):
    """A message as it now is: the same for everybody in the room."""

    id: MessageId
    room: RoomId
    seq: Seq
    nth: Nth
    client_id: str
    author_id: MemberId | None = Field(description="null: no member wrote it, see `source`")
    author_name: str
    source: Source
    body: str = Field(description="empty once it is deleted")
    reply_to: Quote | None
    thread: MessageId | None = Field(description="the message whose thread it is in")
    thread_count: int = Field(description="answers in its own thread, deleted ones too")
    thread_last_at: datetime | None
    mentions: tuple[Mention, ...]
    attachments: tuple[AttachmentOut, ...]
    previews: tuple[PreviewOut, ...]
    card: CardOut | None
    reactions: tuple[ReactionOut, ...]
    edited_at: datetime | None
    edits: int
    deleted_at: datetime | None
    moderated: bool = Field(description="deleted by somebody else than its author")
    pinned: bool
    at: datetime


# What is asked


class Write(Contract):
    """Every write names its room and itself. The same one again, after a second or a year, gets the first receipt."""

    room: RoomId
    client_id: ClientId


class Change(Write):
    """A write about a message that is there."""

    target: MessageId


class NewMessage(Contract):
    """A message to send; the room is named beside it."""

    client_id: ClientId
    body: Body = ""
    reply_to: MessageId | None = None
    thread: MessageId | None = None
    attachments: tuple[str, ...] = Field((), max_length=MOST_ATTACHMENTS, description="ids of uploads")
    alts: dict[str, Alt] = Field({}, description="what those uploads show, by id, for who cannot see it")

    @model_validator(mode="after")
    def _of_its_own_files(self) -> Self:
        if not set(self.alts) <= set(self.attachments):
            raise PydanticCustomError("foreign_alt", "A description belongs to a file of the same message.")
        return self


class SendMessage(NewMessage):
    room: RoomId


class EditMessage(Change):
    body: Body


class DeleteMessage(Change):
    reason: Annotated[str, AfterValidator(_keepable)] = Field(
        "", max_length=300, description="for the record, when a moderator deletes"
    )


class ReactTo(Change):
    emoji: Emoji
    on: bool = True


class PinMessage(Change):
    on: bool = True


class Vote(Change):
    """Replaces an earlier vote. No option: takes it back."""

    options: tuple[Annotated[int, Field(ge=0, lt=MOST_OPTIONS)], ...] = Field(max_length=MOST_OPTIONS)


class Receipt(Contract):
    """The acknowledgement, sent once it is stored: the message's own id and place, or the change's."""

    id: MessageId
    room: RoomId
    seq: Seq
    at: datetime


class GapRequest(Contract):
    """What came after `after`, oldest first."""

    room: RoomId
    epoch: Epoch
    after: Seq
    limit: int = Field(200, ge=1, le=500)


class Cursor(Contract):
    epoch: Epoch
    seq: Seq


class Cursors(Contract):
    """How far the app has read each room it holds, sent in the CONNECT auth."""

    cursors: dict[RoomId, Cursor] = Field({}, max_length=1_000)


class Counts(Contract):
    """What a member has not read of a room, of others and not deleted; and how many of those name her."""

    read_seq: Seq
    unread: int
    mentions: int


class HeadsRequest(Contract):
    """counts: what the app shows of some rooms; answered with those that are different."""

    rooms: tuple[RoomId, ...] = Field(max_length=200)
    counts: dict[RoomId, Counts] = Field({}, max_length=200)


class Head(Contract):
    epoch: Epoch
    seq: Seq
    nth: Nth


class Heads(Contract):
    """How far each room goes that the asker is in: what a heartbeat compares."""

    heads: dict[RoomId, Head]
    counts: dict[RoomId, Counts] = Field({})


class Edition(Contract):
    """What a message said from `at` on."""

    body: str
    at: datetime


class Editions(Contract):
    """A message's words from the first to those of now."""

    editions: tuple[Edition, ...]


class DeletionOut(Contract):
    """For moderators: who deleted what, when and why."""

    message: MessageId
    seq: Seq
    deleted_seq: Seq = Field(description="the deletion's own place: older ones are before it")
    author_id: MemberId | None
    author_name: str
    body: str
    by: MemberId | None
    by_name: str
    reason: str
    moderated: bool
    at: datetime


class KeepDraft(Contract):
    body: Body


class DraftOut(Contract):
    """What is begun in a room, as the member's other devices hear it; empty: nothing (any more)."""

    room: RoomId
    body: str
    at: datetime
