"""The wire shapes of rooms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from clubkit.contracts.base import Contract
from clubkit.ids import ClubId, EventId, MemberId, RoomId

RoomKind = Literal["club", "public", "private", "team", "event", "direct", "group"]
"""club: everybody of a club; public: whoever of the club joins; private and team: who is asked in; event: who said yes;
direct: two members; group: a few members, of whatever clubs."""
TALKS: frozenset[RoomKind] = frozenset({"direct", "group"})
"""Rooms of a few, who want to be told of everything unless they say otherwise."""
Level = Literal["all", "mentions", "none"]
RoomRole = Literal["owner", "admin", "moderator", "member"]
"""owner and admin of a club's first room are the club's own."""
Who = tuple[RoomId, MemberId]
"""A member in a room."""


class Standing(Contract):
    """A member's place in a room, as other domains of chat may know it."""

    room_id: RoomId
    kind: RoomKind
    club_id: ClubId | None
    title: str
    read_seq: int
    role: RoomRole = "member"
    archived: bool = False
    slow_seconds: int = 0
    silenced_until: datetime | None = None
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A standing, and in a talk who of it wants to be told of everything, in order (the author too)."""

    standing: Standing
    told: list[MemberId]


class PersonOut(Contract):
    id: MemberId
    handle: str
    name: str
    hue: int
    avatar_url: str | None = None


class LastMessage(Contract):
    seq: int
    author_id: MemberId | None = Field(description="null: no member wrote it")
    author_name: str
    preview: str
    at: datetime
    is_deleted: bool = False


class RoomOut(Contract):
    """A room in the asker's list. `unread` and `mentions` are exact: of others, not deleted, not read yet."""

    id: RoomId
    kind: RoomKind
    title: str
    hue: int
    club_id: ClubId | None
    others: tuple[PersonOut, ...] = Field((), description="the others of a direct or group talk")
    members: int
    head: int
    read_seq: int
    unread: int
    mentions: int = Field(description="unread messages that call her, her team or everybody")
    epoch: int
    nth: int
    draft: str = Field("", description="what she has begun to write")
    last: LastMessage | None
    topic: str = ""
    role: RoomRole = Field("member", description="the asker's place in it")
    level: Level = Field("all", description="what she is told of besides the push")
    quiet_until: datetime | None = None
    archived_at: datetime | None = None
    slow_seconds: int = 0
    silenced_until: datetime | None = Field(None, description="until then she reads only")
    keep_days: int | None = None
    event_id: EventId | None = None


class ReadUpTo(Contract):
    """Moves the read pointer; it never moves back."""

    room: RoomId
    seq: int = Field(ge=0, le=2**53 - 1)


class ReadPointer(Contract):
    room: RoomId
    read_seq: int
    unread: int
    mentions: int


class ReceiptsOf(Contract):
    room: RoomId


class Reader(Contract):
    member_id: MemberId
    read_seq: int


class Receipts(Contract):
    """How far everybody has read. Of rooms with many members nobody is told: `readers` is empty."""

    room: RoomId
    readers: tuple[Reader, ...]


class Seen(Contract):
    """Somebody has read on; told in rooms of a few."""

    room: RoomId
    member_id: MemberId
    read_seq: int


class OpenDirect(Contract):
    member_id: MemberId
