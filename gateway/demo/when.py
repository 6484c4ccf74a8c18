"""Times of the demo world, said as people say them: days ago, Tuesdays, half past six."""

import os
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

HOME = "Europe/Stockholm"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class When:
    """`now`: the moment the world counts from. `tzid`: what its clocks on the wall show."""

    now: datetime
    tzid: str = HOME

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tzid)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def wall(self, days: int, clock: str) -> datetime:
        """The wall time `clock` ("18:30"), so many days from today (negative: ago). Naive, as plans are made."""
        return datetime.combine(self.today + timedelta(days=days), time.fromisoformat(clock))

    def at(self, days: int, clock: str) -> datetime:
        """The same as an instant."""
        return self.instant(self.wall(days, clock))

    def instant(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self.zone)

    def days_to(self, weekday: str, *, after: int) -> int:
        """Days from today to the first such weekday that is `after` or more days away (negative: ago)."""
        start = self.today + timedelta(days=after)
        return after + (DAYS.index(weekday) - start.weekday()) % 7

    def days_ago(self, day: int | str) -> int:
        """How long ago `day` was: a number of days; "SA", the last Saturday before today; or "SA2", the one before."""
        if isinstance(day, int):
            return day
        weeks = int(day[2:] or 1)
        return (self.today.weekday() - DAYS.index(day[:2]) - 1) % 7 + 1 + 7 * (weeks - 1)


def zone_here() -> str:
    """The zone of this machine, so that who looks around on it reads one time and not two; HOME where it has none."""
    named = os.environ.get("TZ") or str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    if named in {"Etc/UTC", "UTC"}:
        return "UTC"
    return named if "/" in named and named in available_timezones() else HOME
