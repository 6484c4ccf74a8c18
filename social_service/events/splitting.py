"""Cutting a series in two, so that what lies before keeps its plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from clubkit.db.work import UnitOfWork
from clubkit.ids import new_id
from social_service.events.dates import DESCRIBED, plan_of, touch
from social_service.events.errors import EventIsOver
from social_service.events.models import EventRow, SeriesRow, values, wall_text
from social_service.events.recurrence import Plan
from social_service.events.rules import Rule
from social_service.events.schemas import Scope


def cut(
    dates: Sequence[EventRow], event: EventRow, scope: Scope, now: datetime, *, unbegun: bool = False
) -> tuple[Sequence[EventRow], Sequence[EventRow]]:
    """The dates that stay out of it, and those an edit of this scope means. Raises EventIsOver.

    unbegun: a date that is going on just now counts as past: its start cannot change any more.
    """
    if scope == "following":
        first = event
    else:
        coming = [date for date in dates if (date.starts_at if unbegun else date.ends_at) > now]
        if not any(date.status == "scheduled" for date in coming):
            raise EventIsOver
        first = coming[0]
    at = next(place for place, date in enumerate(dates) if date.id == first.id)
    return dates[:at], dates[at:]


def split(work: UnitOfWork, series: SeriesRow, first: EventRow, tail: Sequence[EventRow]) -> SeriesRow:
    """Ends a series before `first` and begins a new one there, with the rest of its rule and its dates."""
    here = first.original_wall
    rest = _rest_of(plan_of(series), here)
    later = SeriesRow(
        id=new_id(work.now), club_id=series.club_id, host_id=series.host_id, starts_local=wall_text(here),
        tzid=series.tzid, rrule=rest.text if rest else None, split_from=series.id, cancelled_at=None,
        exdates=[text for text in series.exdates if text >= wall_text(here)], made_until=series.made_until,
        sequence=0, created_at=work.now, changed_at=work.now, **values(series, DESCRIBED),
    )  # fmt: skip
    work.session.add(later)
    end_before(work, series, here)
    for event in tail:
        event.series_id = later.id
    return later


def end_before(work: UnitOfWork, series: SeriesRow, here: datetime) -> None:
    """Lets the rule of a series end before a wall time."""
    rule = plan_of(series).rule
    if rule is not None:
        series.rrule = rule.ending(here - timedelta(seconds=1)).text
        series.exdates = [text for text in series.exdates if text < wall_text(here)]
    series.made_until = None
    touch(series, work.now)


def _rest_of(plan: Plan, here: datetime) -> Rule | None:
    """The rule from a date on: a COUNT goes down by the dates before it."""
    rule = plan.rule
    if rule is None or rule.count is None:
        return rule
    whole = Plan(plan.starts, rule, frozenset())
    return replace(rule, count=rule.count - sum(date < here for date in whole.dates(here)))
