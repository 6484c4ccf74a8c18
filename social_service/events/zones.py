"""Wall time to instants and back, and what clock changes do to a date (RFC 5545, 3.3.5).

A wall time that does not exist is read with the offset before the gap: 02:30 becomes 03:30. One that comes twice
means the first time. Both are what calendar apps do, so a feed and our own pages agree.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from social_service.events.schemas import NextDate


def instant(local: datetime, zone: str) -> datetime:
    """The instant (UTC) of a wall time."""
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall(at: datetime, zone: str) -> datetime:
    """The wall time of an instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def clock_note(local: datetime, zone: str) -> str | None:
    """What a clock change does to this wall time, in a sentence; None on all other days."""
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
    if first == second or first is None or second is None:
        return None
    if first < second:  # in the gap, the earlier reading has the smaller offset
        return f"The clocks skip {local:%H:%M} on this day, so it starts at {wall(instant(local, zone), zone):%H:%M}."
    return f"The clocks show {local:%H:%M} twice on this day. It starts the first time."


def next_date(local: datetime, zone: str, duration_minutes: int) -> NextDate:
    starts = instant(local, zone)
    ends = starts + timedelta(minutes=duration_minutes)
    return NextDate(local=local, utc=starts, ends_utc=ends, note=clock_note(local, zone))
