"""The wire shapes of rooms."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from clubkit.contracts.base import Contract
from clubkit.ids import ClubId, MemberId, RoomId

RoomKind = Literal["club", "direct"]


class Standing(Contract):
    """A member's place in a room, as other domains of chat may know it."""

    room_id: RoomId
    kind: RoomKind
    club_id: ClubId | None
    title: str
    read_seq: int


class PersonOut(Contract):
    id: MemberId
    handle: str
    name: str
    hue: int
    avatar_url: str | None = None


class LastMessage(Contract):
    seq: int
    author_id: MemberId
    author_name: str
    preview: str
    at: datetime


class RoomOut(Contract):
    """A room in the asker's list. `unread` is exact: the room's head less her read pointer."""

    id: RoomId
    kind: RoomKind
    title: str
    hue: int
    club_id: ClubId | None
    others: tuple[PersonOut, ...] = Field((), description="the other side of a direct talk")
    members: int
    head: int
    read_seq: int
    unread: int
    last: LastMessage | None


class ReadUpTo(Contract):
    """Moves the read pointer; it never moves back."""

    room: RoomId
    seq: int = Field(ge=0, le=2**53 - 1)


class ReadPointer(Contract):
    room: RoomId
    read_seq: int
    unread: int


class OpenDirect(Contract):
    member_id: MemberId
