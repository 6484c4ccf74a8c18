"""What presence needs remembered: who has a socket on which process, forgotten by itself when a process dies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from clubkit.ids import MemberId, RoomId

Rooms = frozenset[RoomId]


@dataclass(frozen=True)
class Changes:
    """Who came and who went since the last look, over all processes, with the rooms they are in."""

    came: Mapping[MemberId, Rooms] = field(default_factory=dict)
    went: Mapping[MemberId, Rooms] = field(default_factory=dict)
    unknown: bool = False
    """A process is gone that did not say so: nobody can tell who went with it."""


class PresenceStore(Protocol):
    def arrive(self, member_id: MemberId, rooms: Rooms) -> None:
        """Counts a socket on this process."""
        ...

    def depart(self, member_id: MemberId, rooms: Rooms) -> None:
        """Takes a socket away."""
        ...

    async def changed(self, within: float) -> None:
        """Waits until somebody came or went on this process, `within` seconds at most."""
        ...

    async def share(self, now: datetime) -> Changes:
        """Tells the other processes who is here, and that this one lives."""
        ...

    async def leave(self) -> None:
        """This process ends: forgets it at once."""
        ...

    async def here(self, member_ids: Collection[MemberId], now: datetime) -> set[MemberId]:
        """Those with a socket, on whatever process."""
        ...
