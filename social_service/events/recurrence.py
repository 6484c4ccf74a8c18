"""Recurrence rules (RFC 5545): parsed strictly, bounded, and worked out on the wall clock.

A rule speaks of wall time; `zones` turns what it gives into instants. See docs/decisions/0040-recurrence.md.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from social_service.events.errors import BadRule, NoDates
from social_service.events.rules import Rule, parse_rule

HORIZON = timedelta(days=400)
"""How far ahead dates are made. A rule that goes on is followed further as time passes."""
MOST_DATES = 10_000
"""How far a rule is followed from its first date: 27 years of every day."""

_LAST_CYCLE = 9999 - 58
"""dateutil looks for the next date of a rule that has none until the year 9999, which takes seconds. So rules are
worked out in the last years before it, in years with the same calendar: at most 59 of them are searched in vain."""


@dataclass(frozen=True)
class Plan:
    """A rule from its first date on. `rule` None: it happens once."""

    starts: datetime
    rule: Rule | None
    exdates: frozenset[datetime]

    @property
    def endless(self) -> bool:
        return self.rule is not None and self.rule.endless

    def dates(self, until: datetime) -> list[datetime]:
        """Every date (wall time) up to `until`, in order, without the excepted ones."""
        if self.rule is None:
            return [self.starts] if self.starts <= until else []
        return [date for date in _expand(self.rule, self.starts, until) if date not in self.exdates]


def plan(starts: datetime, rrule: str | None, exdates: Collection[datetime], *, zone: str, now: datetime) -> Plan:
    """A plan whose first date is on its rule, on `starts` or after. `now`: wall time in the zone.

    No rule is finer than a day, so a horizon holds at most 401 dates. Raises BadRule, NoDates.
    """
    if rrule is None:
        if exdates:
            raise BadRule("/exdates", "An event that happens once has no dates to leave out.")
        return Plan(starts, None, frozenset())
    rule = parse_rule(rrule, zone)
    dates = _expand(rule, starts, horizon(starts, now))
    # A start that is not on the rule counts as a date for some calendars and not for others; ours always is.
    if not dates:
        raise NoDates
    unknown = sorted(set(exdates) - set(dates))
    if unknown and unknown[0] <= dates[-1]:
        raise BadRule("/exdates", f"{unknown[0]:%d %B %Y, %H:%M} is not a date of this rule.")
    kept = Plan(dates[0], rule, frozenset(exdates))
    if not any(date not in kept.exdates for date in dates):
        raise NoDates
    return kept


def horizon(starts: datetime, now: datetime) -> datetime:
    """Up to where dates are made, for a plan seen at `now` (both in wall time)."""
    return max(starts, now) + HORIZON


def _expand(rule: Rule, starts: datetime, until: datetime) -> list[datetime]:
    shift = _same_calendar(starts.year) - starts.year
    if until.year + shift > 9999:
        until = datetime(9999 - shift, 12, 31)  # noqa: DTZ001  wall time
    text = rule.bounded(_shifted(min(until, rule.until or until), shift))
    found = islice(rrulestr(text, dtstart=_shifted(starts, shift)), rule.count or MOST_DATES)
    return [_shifted(date, -shift) for date in found]


def _same_calendar(year: int) -> int:
    """A late year that begins on the same weekday and stands at the same place between leap years."""
    for late in range(_LAST_CYCLE, _LAST_CYCLE + 28):
        if late % 4 == year % 4 and datetime(late, 1, 1).weekday() == datetime(year, 1, 1).weekday():  # noqa: DTZ001
            return late
    raise ValueError(f"no calendar like that of {year}")  # 28 years hold every kind there is


def _shifted(date: datetime, years: int) -> datetime:
    return date.replace(year=date.year + years)
