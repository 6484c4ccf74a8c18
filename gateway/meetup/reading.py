"""The crawl's `rsvps.csv.gz`, parsed and checked row by row.

The data has ids, places and times, but no names; ours say where a thing is from and what its number was. Hosts, texts
and seats are not in it either, and are left empty. `eventYesRSVPCount` was counted at crawl time and is not read.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from clubkit.errors import Invalid, NotFound

CRAWLED_AT = datetime(2016, 4, 24, tzinfo=UTC)
CITIES = {"chicago": ("Chicago", "America/Chicago"), "sfo": ("San Francisco", "America/Los_Angeles")}
RESPONSES = {"yes": "yes", "no": "no", "maybe": "maybe", "waitlist": "yes", "watching": "maybe"}


class NoMeetupData(NotFound):
    code = "no_meetup_data"

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no rsvps.csv.gz in {path}.")


class BrokenMeetupData(Invalid):
    code = "broken_meetup_data"

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"Line {line} of rsvps.csv.gz is not an RSVP: {why}. Nothing of it was stored.")


@dataclass(frozen=True, slots=True)
class Rsvp:
    """One answer as it was given, with all we know of who, what and where."""

    city: str
    member: str
    member_lat: float | None
    member_lon: float | None
    event: str
    event_at: datetime
    group: str
    venue: str
    venue_lat: float | None
    venue_lon: float | None
    at: datetime
    answer: str

    def id_of(self, kind: str) -> str:
        """The id a thing has here: the same for every import."""
        number = {"member": self.member, "event": self.event, "group": self.group}[kind]
        return str(uuid5(NAMESPACE_URL, f"meetup:{self.city}:{kind}:{number}"))


def read(folder: Path) -> list[Rsvp]:
    """All RSVPs, oldest first. Raises NoMeetupData, BrokenMeetupData."""
    path = folder / "rsvps.csv.gz" if folder.is_dir() else folder
    if not path.is_file():
        raise NoMeetupData(folder)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return sorted(_rows(file), key=lambda rsvp: (rsvp.at, rsvp.city, rsvp.event, rsvp.member))


def _rows(lines: Iterator[str]) -> Iterator[Rsvp]:
    rows = csv.DictReader(lines)
    try:
        for row in rows:
            yield _rsvp(row)
    except (KeyError, ValueError, TypeError, OverflowError) as wrong:
        raise BrokenMeetupData(rows.line_num, str(wrong)) from wrong
    except (EOFError, gzip.BadGzipFile) as torn:
        raise BrokenMeetupData(rows.line_num, "the file ends in the middle") from torn


def _rsvp(row: dict[str, str]) -> Rsvp:
    if row["city"] not in CITIES:
        raise ValueError(f"unknown city {row['city']!r}")
    return Rsvp(
        city=row["city"], member=row["member"], member_lat=_degrees(row["memberLat"], 90),
        member_lon=_degrees(row["memberLon"], 180), event=row["eventId"], event_at=_instant(row["event_ts"]),
        group=row["groupId"], venue=row["venueId"], venue_lat=_degrees(row["venueLat"], 90),
        venue_lon=_degrees(row["venueLon"], 180), at=_instant(row["rsvp_ts"]), answer=RESPONSES[row["rsvpResponse"]],
    )  # fmt: skip


def _instant(text: str) -> datetime:
    return datetime.fromtimestamp(float(text), UTC)


def _degrees(text: str, most: float) -> float | None:
    if not text:
        return None
    value = float(text)
    if not -most <= value <= most:
        raise ValueError(f"{value} is no place on earth")
    return value


def whole_weeks_to(now: datetime) -> timedelta:
    """How far the crawl lies back, in whole weeks: weekdays and hours stay what they were."""
    return timedelta(weeks=(now - CRAWLED_AT) // timedelta(weeks=1))
