"""VTIMEZONE components (RFC 5545, 3.6.5) from the zone database, for the years a calendar needs."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_STEP = timedelta(days=7)
"""No zone changes its clocks there and back within a week."""


@lru_cache(maxsize=512)
def vtimezone(zone: str, first_year: int, last_year: int) -> tuple[str, ...]:
    """The lines that describe a zone from the beginning of one year to the end of another, both included."""
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *_observance(zone, start - timedelta(days=366), start)]
    for change in _changes(zone, start, end):
        lines += _observance(zone, change, change)
    return (*lines, "END:VTIMEZONE")


def _changes(zone: str, start: datetime, end: datetime) -> list[datetime]:
    """The instants at which the clocks are changed."""
    found = []
    at = start
    while at < end:
        after = at + _STEP
        if _offset(zone, at) != _offset(zone, after):
            found.append(_exactly(zone, at, after))
        at = after
    return found


def _exactly(zone: str, low: datetime, high: datetime) -> datetime:
    before = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return high.replace(microsecond=0)


def _observance(zone: str, onset: datetime, known: datetime) -> list[str]:
    """What holds from `onset`, as it is at `known`."""
    info = ZoneInfo(zone)
    here = known.astimezone(info)
    before = _offset(zone, onset - timedelta(seconds=1)) if onset == known else _offset(zone, known)
    kind = "DAYLIGHT" if here.dst() else "STANDARD"
    wall = (onset + before).replace(tzinfo=None)
    return [
        f"BEGIN:{kind}", f"DTSTART:{wall:%Y%m%dT%H%M%S}", f"TZOFFSETFROM:{_written(before)}",
        f"TZOFFSETTO:{_written(_offset(zone, known))}", f"TZNAME:{here.tzname()}", f"END:{kind}",
    ]  # fmt: skip


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _written(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
