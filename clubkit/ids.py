"""Identifiers: time-ordered UUIDs (RFC 9562, version 7) in text form, one NewType per thing."""

import os
import time
from datetime import datetime
from typing import NewType
from uuid import UUID

MemberId = NewType("MemberId", str)
ClubId = NewType("ClubId", str)
RoomId = NewType("RoomId", str)
MessageId = NewType("MessageId", str)
PostId = NewType("PostId", str)
EventId = NewType("EventId", str)
"""A club event (a match, a training). The id of a log record is a `FactId`."""
ReelId = NewType("ReelId", str)
FixtureId = NewType("FixtureId", str)
FactId = NewType("FactId", str)
RankId = NewType("RankId", str)
JobId = NewType("JobId", str)

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id(at: datetime | None = None) -> str:
    """A fresh UUIDv7: 48 bits of Unix milliseconds, 74 random bits, so ids sort by birth."""
    millis = int(at.timestamp() * 1000) if at else time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    value = (millis & (2**48 - 1)) << 80 | _VERSION | (noise >> 68 & 0xFFF) << 64 | _VARIANT | noise & (2**62 - 1)
    return str(UUID(int=value))
