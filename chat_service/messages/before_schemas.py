"""The wire shapes of messages, over HTTP and sockets alike."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, MessageId, RoomId

LONGEST_BODY = 8_000
Uuid = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
ClientId = Annotated[str, StringConstraints(pattern=Uuid, to_lower=True)]
"""Made by the client when the message is composed (UUIDv7) and kept until it is acknowledged."""
Seq = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A place in a room's one dense sequence: 1, 2, 3 … without holes."""
Body = Annotated[str, StringConstraints(max_length=LONGEST_BODY)]


class SendMessage(Contract):
    room: RoomId
    client_id: ClientId
    body: Body
    reply_to: MessageId | None = None


class Receipt(Contract):
    """The acknowledgement, sent once the message is stored. A repeated send gets the first one's."""

    id: MessageId
    room: RoomId
    seq: Seq
    at: datetime


class MessageOut(Contract):
    """A message as every member of the room sees it."""

    id: MessageId
    room: RoomId
    seq: Seq
    client_id: str
    author_id: MemberId
    author_name: str
    body: str
    reply_to: MessageId | None
    at: datetime


class GapRequest(Contract):
    """What came after `after`, oldest first."""

    room: RoomId
    after: Seq
    limit: int = Field(200, ge=1, le=500)


class Stretch(Contract):
    """A run of messages in order, and how far the room goes. `reset`: too far behind, fetch the newest page instead."""

    room: RoomId
    messages: tuple[MessageOut, ...]
    head: Seq
    reset: bool = False


class HeadsRequest(Contract):
    rooms: tuple[RoomId, ...] = Field(max_length=200)


class Heads(Contract):
    """The newest seq of each room the asker is in: what a heartbeat compares."""

    heads: dict[RoomId, Seq]


class Cursors(Contract):
    """How far the app has read each room it holds, sent in the CONNECT auth."""

    cursors: dict[RoomId, Seq] = Field({}, max_length=200)


class Sync(Contract):
    """What was missed, room by room. Rooms without news are left out."""

    stretches: tuple[Stretch, ...]
