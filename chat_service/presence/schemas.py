"""The wire shapes of presence and typing."""

from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, RoomId


class InRoom(Contract):
    room: RoomId


class Writing(Contract):
    """on: False when she stopped without sending."""

    room: RoomId
    on: bool = True


class Here(Contract):
    """Who of a room is connected now. Who asked is told of changes for a while, as one who has the room open."""

    room: RoomId
    members: tuple[MemberId, ...]


class PresenceChanged(Contract):
    """Members of a room came (first of their sockets) or went (last of them): what changed within a second.

    ask: more changed than is told here; ask who is here.
    """

    room: RoomId
    came: tuple[MemberId, ...] = ()
    went: tuple[MemberId, ...] = ()
    ask: bool = False


class Typing(Contract):
    room: RoomId
    member_id: MemberId
    name: str
    on: bool = True
