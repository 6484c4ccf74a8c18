"""iCalendar files (RFC 5545, 7986): what calendar apps need to show an event, and to notice that it moved.

UID stays for ever; SEQUENCE and LAST-MODIFIED rise with every edit, or Google keeps the old time. Cancelled dates
stay in the file as cancelled. One wrong fold makes some readers drop the whole file.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from social_service.events.models import EventRow, SeriesRow, wall_time
from social_service.events.rules import stored_rule
from social_service.events.vtimezone import vtimezone
from social_service.events.zones import instant

PRODUCT = "-//ClubHoloHub//Events//EN"
DOMAIN = "clubholohub"
_YEARS_AHEAD = 6
"""How long a zone is described beyond the last date: an endless rule goes on in apps that know no zones."""


def calendar(name: str, components: Iterable[Sequence[str]], zones: Iterable[tuple[str, int, int]]) -> bytes:
    """A whole file. `zones`: (zone, first year, last year) that its events use."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]  # fmt: skip
    for zone, first, last in sorted(zones):
        if zone != "UTC":
            lines += vtimezone(zone, first, last)
    for component in components:
        lines += component
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def zones_of(rows: Iterable[SeriesRow | EventRow], now: datetime) -> set[tuple[str, int, int]]:
    years: dict[str, set[int]] = {}
    for row in rows:
        years.setdefault(row.tzid, {now.year + _YEARS_AHEAD}).add(row.starts_wall.year)
    return {(zone, min(of), max(of)) for zone, of in years.items()}


def series_event(series: SeriesRow, url: str) -> list[str]:
    """The VEVENT of a plan: its first date and its rule."""
    rule = stored_rule(series.rrule)
    lines = _head(f"{series.id}@{DOMAIN}", series, series.sequence, cancelled=series.cancelled_at is not None)
    lines += [_at("DTSTART", series.starts_wall, series.tzid), f"DURATION:{_duration(series.duration_minutes)}"]
    if rule is not None:
        lines.append(f"RRULE:{rule.in_zone(series.tzid)}")
    lines += [_at("EXDATE", wall_time(text), series.tzid) for text in series.exdates]
    return [*lines, *_about(series, url), "END:VEVENT"]


def special_date(series: SeriesRow, event: EventRow, url: str) -> list[str]:
    """The VEVENT of one date that is not as its series says, under the name its rule gave it."""
    sequence = max(series.sequence, event.sequence)
    lines = _head(f"{series.id}@{DOMAIN}", event, sequence, cancelled=event.status == "cancelled")
    lines.append(_at("RECURRENCE-ID", event.original_wall, series.tzid))
    return [*lines, *_times(event), *_about(event, url), "END:VEVENT"]


def single_event(event: EventRow, url: str) -> list[str]:
    """The VEVENT of one date by itself."""
    lines = _head(f"{event.id}@{DOMAIN}", event, event.sequence, cancelled=event.status == "cancelled")
    return [*lines, *_times(event), *_about(event, url), "END:VEVENT"]


def differs(event: EventRow, dates: Collection[datetime]) -> bool:
    """Whether a date of a series has to be told by itself. `dates`: what the series' rule gives now."""
    if not event.repeats or event.original_wall not in dates:
        return False
    return event.status == "cancelled" or bool(event.own) or event.starts_local != event.original_local


def escaped(text: str) -> str:
    """A TEXT value (3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(char for char in text if char >= " " and char != "\x7f")


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never cutting a character in two (3.1)."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return "\r\n".join([*pieces, piece])


def _head(uid: str, row: SeriesRow | EventRow, sequence: int, *, cancelled: bool) -> list[str]:
    changed = _utc(row.changed_at)
    return [
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{changed}", f"CREATED:{_utc(row.created_at)}",
        f"LAST-MODIFIED:{changed}", f"SEQUENCE:{sequence}", f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
    ]  # fmt: skip


def _times(event: EventRow) -> list[str]:
    start = _at("DTSTART", event.starts_wall, event.tzid)
    return [start, f"DURATION:{_duration(event.duration_minutes)}"]


def _about(row: SeriesRow | EventRow, url: str) -> list[str]:
    lines = [f"SUMMARY:{escaped(row.title)}", f"URL:{url}"]
    if row.text:
        lines.append(f"DESCRIPTION:{escaped(row.text)}")
    if row.place:
        lines.append(f"LOCATION:{escaped(row.place)}")
    if row.lat is not None and row.lon is not None:
        lines.append(f"GEO:{row.lat:.6f};{row.lon:.6f}")
    return lines


def _at(name: str, local: datetime, zone: str) -> str:
    if zone == "UTC":
        return f"{name}:{_utc(instant(local, zone))}"
    return f"{name};TZID={zone}:{local:%Y%m%dT%H%M%S}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _duration(minutes: int) -> str:
    span = timedelta(minutes=minutes)
    hours, rest = divmod(span.seconds // 60, 60)
    days = f"{span.days}D" if span.days else ""
    clock = "".join([f"{hours}H" if hours else "", f"{rest}M" if rest else ""])
    return f"P{days}" + (f"T{clock}" if clock else "")
