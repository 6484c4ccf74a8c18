"""What one socket, one member and one address may take of this process."""

import time
from collections.abc import Callable

from pydantic import Field

from clubkit.settings import Section, section_config

COST_BYTES = 8192


class SocketLimits(Section):
    model_config = section_config("sockets")

    packet_bytes: int = Field(4 * 1024 * 1024, ge=1024, description="largest packet; more is closed, not buffered")
    stranger_bytes: int = Field(64 * 1024, ge=1024, description="largest packet of a socket that is not signed in yet")
    sign_in_seconds: float = Field(10, gt=0, description="how long a socket may stay open without being signed in")
    strangers: int = Field(4000, ge=1, description="sockets of this process that may be open without being signed in")
    per_member: int = Field(40, ge=1, description="sockets of one member; the oldest gives way to a further one")
    per_address: int = Field(4000, ge=1, description="sockets of one address")
    packets_per_second: float = Field(100, gt=0, description="packets of one socket in the long run; each 8 KB is one")
    packets_at_once: float = Field(1000, ge=1, description="packets of one socket in a burst")
    events_in_hand: int = Field(32, ge=1, description="events of one socket that are worked on at once; others wait")
    attachments: int = Field(10, ge=0, description="binary parts of one event")
    attachments_seconds: float = Field(10, gt=0, description="how long the binary parts of an event may take to come")
    backlog_bytes: int = Field(1024 * 1024, ge=1024, description="what may wait for a slow socket before it is closed")


class Allowance:
    """A bucket of `burst` packets that fills with `rate` a second; what it does not hold is not allowed."""

    __slots__ = ("_at", "_burst", "_clock", "_left", "_rate")

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = burst, clock()

    def spend(self, size: int) -> bool:
        """Pays for one packet of `size`; says whether it was allowed."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate) - 1 - size // COST_BYTES
        self._at = now
        return self._left >= 0
