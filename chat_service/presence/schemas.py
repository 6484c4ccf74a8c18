"""The wire shapes of presence and typing."""

from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, RoomId


class InRoom(Contract):
    room: RoomId


class Here(Contract):
    """Who of a room is connected now."""

    room: RoomId
    members: tuple[MemberId, ...]


class PresenceChanged(Contract):
    """A member came (first of her sockets) or went (last of them)."""

    member_id: MemberId
    here: bool


class Typing(Contract):
    room: RoomId
    member_id: MemberId
    name: str
