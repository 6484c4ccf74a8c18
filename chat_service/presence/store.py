"""What presence needs remembered: sockets per member, forgotten by themselves when a process dies."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from clubkit.ids import MemberId


class PresenceStore(Protocol):
    async def arrive(self, member_id: MemberId, sid: str, now: datetime) -> bool:
        """Counts a socket; True when it is the member's first."""
        ...

    async def renew(self, member_id: MemberId, sid: str, now: datetime) -> None:
        """The socket still lives."""
        ...

    async def depart(self, member_id: MemberId, sid: str, now: datetime) -> bool:
        """Takes a socket away; True when it was the member's last."""
        ...

    async def here(self, member_ids: Collection[MemberId], now: datetime) -> set[MemberId]:
        """Those with a living socket."""
        ...
