"""The RRULE grammar we take (RFC 5545, 3.3.10): days, weeks, months and years; nothing finer than a day."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from social_service.events.errors import BadRule

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_DAY = re.compile(r"([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


@dataclass(frozen=True)
class Rule:
    """A checked rule. `parts` in canonical order without COUNT and UNTIL; `until` in wall time, inclusive."""

    parts: tuple[tuple[str, str], ...]
    count: int | None = None
    until: datetime | None = None

    @property
    def endless(self) -> bool:
        return self.count is None and self.until is None

    @property
    def text(self) -> str:
        """As it is stored: UNTIL in wall time."""
        end = [("COUNT", str(self.count))] if self.count else []
        end += [("UNTIL", f"{self.until:%Y%m%dT%H%M%S}")] if self.until else []
        return _join((*self.parts, *end))

    @property
    def freq(self) -> str:
        return self.get("FREQ")

    @property
    def interval(self) -> int:
        return int(self.get("INTERVAL") or 1)

    @property
    def names_days(self) -> bool:
        """Whether it says which days, rather than taking them from its first date."""
        return any(name.startswith("BY") for name, _ in self.parts)

    def get(self, name: str) -> str:
        return dict(self.parts).get(name, "")

    def bounded(self, until: datetime) -> str:
        """The rule for an expansion that ends at `until`; its COUNT is for the reader to keep."""
        return _join((*self.parts, ("UNTIL", f"{until:%Y%m%dT%H%M%S}")))

    def ending(self, until: datetime) -> "Rule":
        return Rule(self.parts, None, until)

    def in_zone(self, zone: str) -> str:
        """As calendars want it beside a DTSTART with a zone: UNTIL in UTC."""
        if self.until is None:
            return self.text
        instant = self.until.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return _join((*self.parts, ("UNTIL", f"{instant:%Y%m%dT%H%M%SZ}")))


def parse_rule(text: str, zone: str) -> Rule:
    """Reads the value of an RRULE; a UNTIL in UTC is understood in `zone`. Raises BadRule, which names the part."""
    given = _split(text.upper().removeprefix("RRULE:"))
    if given.get("FREQ") not in FREQUENCIES:
        raise _bad("Say how often: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.")
    if "COUNT" in given and "UNTIL" in given:
        raise _bad("A rule ends after a COUNT or at an UNTIL, not both.")
    for name, value in given.items():
        if name not in _CHECKS:
            raise _bad(f"{name[:20]} is not a part we take in a rule.")
        if not _CHECKS[name](value):
            raise _bad(f"{name}={value[:40]} is not something we can read.")
    _check_together(given)
    count = int(given["COUNT"]) if "COUNT" in given else None
    until = _until(given["UNTIL"], zone) if "UNTIL" in given else None
    ordered = tuple((name, given[name]) for name in _CHECKS if name in given and name not in ("COUNT", "UNTIL"))
    return Rule(ordered, count, until)


def stored_rule(text: str | None) -> Rule | None:
    """A rule that was checked when it was stored."""
    return parse_rule(text, "UTC") if text else None


def _bad(sentence: str) -> BadRule:
    return BadRule("/rrule", sentence)


def _join(parts: tuple[tuple[str, str], ...]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts)


def _split(text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for part in text.strip().rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise _bad("A rule is written like FREQ=WEEKLY;BYDAY=TU,TH.")
        if name in given:
            raise _bad(f"{name[:20]} is said twice.")
        given[name] = value
    return given


def _numbers(low: int, high: int, *, signed: bool = False) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        parts = value.split(",")
        if len(parts) > 366 or not all(re.fullmatch(r"[+-]?\d{1,5}", part) for part in parts):
            return False
        return all(low <= (abs(int(part)) if signed else int(part)) <= high for part in parts)

    return check


def _number(low: int, high: int) -> Callable[[str], bool]:
    return lambda value: bool(re.fullmatch(r"\d{1,5}", value)) and low <= int(value) <= high


def _days(value: str) -> bool:
    parts = value.split(",")
    return len(parts) <= 50 and all(_DAY.fullmatch(part) for part in parts)


def _is_until(value: str) -> bool:
    return _instant(value) is not None


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "FREQ": FREQUENCIES.__contains__,
    "INTERVAL": _number(1, 1000),
    "BYMONTH": _numbers(1, 12),
    "BYWEEKNO": _numbers(1, 53, signed=True),
    "BYYEARDAY": _numbers(1, 366, signed=True),
    "BYMONTHDAY": _numbers(1, 31, signed=True),
    "BYDAY": _days,
    "BYSETPOS": _numbers(1, 366, signed=True),
    "WKST": WEEKDAYS.__contains__,
    "COUNT": _number(1, 5000),
    "UNTIL": _is_until,
}


def _check_together(given: Mapping[str, str]) -> None:
    """What RFC 5545 forbids beside each other."""
    freq = given["FREQ"]
    if "BYWEEKNO" in given and freq != "YEARLY":
        raise _bad("BYWEEKNO goes with YEARLY alone.")
    if "BYYEARDAY" in given and freq != "YEARLY":
        raise _bad("BYYEARDAY goes with YEARLY alone.")
    if "BYMONTHDAY" in given and freq == "WEEKLY":
        raise _bad("BYMONTHDAY does not go with WEEKLY.")
    # dateutil counts positions of a week from its first date on, calendar apps from the week's own first day.
    if "BYSETPOS" in given and freq not in ("MONTHLY", "YEARLY"):
        raise _bad("BYSETPOS goes with MONTHLY or YEARLY; in a week, name the day.")
    if "BYSETPOS" in given and not any(name in given for name in ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")):
        raise _bad("BYSETPOS picks among days, so name the days.")
    counted = any(part[0] in "+-123456789" for part in given.get("BYDAY", "MO").split(","))
    if counted and (freq not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in given):
        raise _bad("A numbered weekday such as 2TU goes with MONTHLY or YEARLY.")


def _instant(value: str) -> tuple[datetime, bool] | None:
    """(the moment as written, whether it is UTC); a bare date means the end of that day."""
    found = _UNTIL.fullmatch(value)
    if found is None:
        return None
    try:
        if found.group(2) is None:
            day = datetime.strptime(found.group(1), "%Y%m%d")  # noqa: DTZ007  wall time
            return datetime.combine(day, time(23, 59, 59)), False
        return datetime.strptime(found.group(1) + found.group(2), "%Y%m%d%H%M%S"), bool(found.group(3))  # noqa: DTZ007
    except ValueError:
        return None


def _until(value: str, zone: str) -> datetime:
    parsed = _instant(value)
    if parsed is None or not 1990 <= parsed[0].year <= 2190:
        raise _bad("UNTIL lies too far away.")
    moment, is_utc = parsed
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) if is_utc else moment
