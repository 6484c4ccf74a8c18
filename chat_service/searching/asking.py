"""What somebody types into the search of messages: words, and where, from whom, when."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chat_service.searching.errors import NoSuchDay

_TOKEN = re.compile(r"(?<!\S)(in|from|before|after|on):(?:\"([^\"]*)\"|(\S+))", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1970, 9_000
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True)
class Asked:
    """since and until are instants, the first in and the last not."""

    words: str
    rooms: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_nothing(self) -> bool:
        return not (self.words or self.rooms or self.authors or self.since or self.until)


@dataclass
class _Found:
    rooms: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    since: list[datetime] = field(default_factory=list)
    until: list[datetime] = field(default_factory=list)


def asked(text: str, *, zone: ZoneInfo, now: datetime) -> Asked:
    """`in:"Team A" from:@anna after:2026-03 late bus`. Days are days of the zone. Raises NoSuchDay.

    before: a day ends before it begins; after: begins when it is over; on: is the day itself. Several rooms or authors
    are either of them; of several days the narrowest counts.
    """
    found = _Found()
    for match in _TOKEN.finditer(text):
        value = (match.group(2) if match.group(2) is not None else match.group(3)).strip()
        if value:
            _take(found, match.group(1).lower(), value, zone, now)
    return Asked(
        " ".join(_TOKEN.sub(" ", text).split()), tuple(found.rooms), tuple(found.authors),
        max(found.since, default=None), min(found.until, default=None),
    )  # fmt: skip


def _take(found: _Found, key: str, value: str, zone: ZoneInfo, now: datetime) -> None:
    if key == "in":
        found.rooms.append(value.lstrip("#@"))
    elif key == "from":
        found.authors.append(value.lstrip("@"))
    else:
        begins, ends = _days(value, now.astimezone(zone).date())
        if key in {"after", "on"}:
            found.since.append(_midnight(ends if key == "after" else begins, zone))
        if key in {"before", "on"}:
            found.until.append(_midnight(begins if key == "before" else ends, zone))


def _days(value: str, today: date) -> tuple[date, date]:
    """The first day and the day behind the last."""
    spoken = {"today": 0, "yesterday": -1}
    if value.lower() in spoken:
        day = today + timedelta(days=spoken[value.lower()])
        return day, day + timedelta(days=1)
    match = _DAY.fullmatch(value)
    if not match:
        raise NoSuchDay(value)
    year, month, day_of = (None if part is None else int(part) for part in match.groups())
    try:
        begins = date(year or 0, month or 1, day_of or 1)
        if not _FIRST_YEAR <= begins.year <= _LAST_YEAR:
            raise NoSuchDay(value)
        if month is None:
            return begins, date(begins.year + 1, 1, 1)
        if day_of is None:
            return begins, (begins + timedelta(days=32)).replace(day=1)
        return begins, begins + timedelta(days=1)
    except (ValueError, OverflowError) as wrong:
        raise NoSuchDay(value) from wrong


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
