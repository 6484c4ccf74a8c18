"""The `Wire`: hints to connected apps. Truth is in the stores; a hint that gets lost is noticed by its reader."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from clubkit.contracts.base import Contract
from clubkit.ids import ClubId, MemberId, RoomId


def member_channel(member_id: MemberId) -> str:
    return f"member:{member_id}"


def club_channel(club_id: ClubId) -> str:
    return f"club:{club_id}"


def room_channel(room_id: RoomId) -> str:
    return f"{_ROOM}{room_id}"


_ROOM = "room:"


def rooms_among(channels: Iterable[str]) -> list[RoomId]:
    """The rooms whose own channels these are."""
    return [RoomId(channel[len(_ROOM) :]) for channel in channels if channel.startswith(_ROOM) and "/" not in channel]


class Wire(Protocol):
    async def emit(
        self, event: str, payload: Contract | Mapping[str, Any], *, to: str, skip: str | None = None
    ) -> None:
        """Sends an event to every socket on channel `to`, but not to the connection `skip`."""
        ...

    async def kick(self, *, session_id: str) -> None:
        """Closes every socket that was opened with this sign-in session."""
        ...

    async def subscribe(self, member_id: MemberId, channel: str) -> None:
        """Puts all open sockets of a member on a channel, e.g. after joining a club."""
        ...

    async def unsubscribe(self, member_id: MemberId, channel: str) -> None:
        """Takes them off it, and off the channels below it (`<channel>/…`)."""
        ...
