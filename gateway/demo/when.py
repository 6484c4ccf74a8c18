"""Times of the demo world, said as people say them: days ago, Tuesdays, half past six."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TZID = "Europe/Stockholm"
ZONE = ZoneInfo(TZID)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def today(now: datetime) -> date:
    return now.astimezone(ZONE).date()


def wall(now: datetime, days: int, clock: str) -> datetime:
    """The wall time `clock` ("18:30"), so many days from today (negative: ago). Naive, as plans are made."""
    return datetime.combine(today(now) + timedelta(days=days), time.fromisoformat(clock))


def at(now: datetime, days: int, clock: str) -> datetime:
    """The same as an instant."""
    return wall(now, days, clock).replace(tzinfo=ZONE)


def days_to(now: datetime, weekday: str, *, after: int) -> int:
    """Days from today to the first such weekday that is `after` or more days away (negative: ago)."""
    start = today(now) + timedelta(days=after)
    return after + (DAYS.index(weekday) - start.weekday()) % 7


def days_ago(now: datetime, day: int | str) -> int:
    """How long ago `day` was: a number of days, or "SA" for the last Saturday before today, "SA2" the one before."""
    if isinstance(day, int):
        return day
    weeks = int(day[2:] or 1)
    return (today(now).weekday() - DAYS.index(day[:2]) - 1) % 7 + 1 + 7 * (weeks - 1)
