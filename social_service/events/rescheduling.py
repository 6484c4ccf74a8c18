"""Giving a series another time, zone or rule: dates move with their answers where they can."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from clubkit.contracts.social import EventCancelled
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, EventId
from social_service.events import recurrence, zones
from social_service.events.dates import horizon_of, make_events, mark_made, set_time, touch
from social_service.events.errors import NeedsARule, StartsInThePast
from social_service.events.models import EventRow, SeriesRow, wall_text, wall_time
from social_service.events.recurrence import Plan
from social_service.events.rules import Rule, stored_rule
from social_service.events.store import ReminderStore


@dataclass(frozen=True)
class Made:
    """What became of the dates: new ones, and those the new plan has no place for."""

    added: Sequence[EventRow]
    dropped: Sequence[EventRow]


NOTHING = Made((), ())


def reschedule(
    work: UnitOfWork, series: SeriesRow, edited: EventRow, tail: Sequence[EventRow], fields: dict[str, Any]
) -> Made:
    """Puts the dates `tail` of a series on its new plan. `edited` is the one whose new start was given.

    A date moves by as much as the edited one where the plan has such a date, else it takes the plan's date on its
    own day, else it is dropped. Raises NeedsARule, BadRule, NoDates, StartsInThePast.
    """
    by = fields["starts_local"] - edited.original_wall if "starts_local" in fields else timedelta()
    plan = _new_plan(work, series, tail[0], fields, by)
    series.tzid = fields.get("tzid", series.tzid)
    series.starts_local = wall_text(plan.starts)
    series.rrule = plan.rule.text if plan.rule else None
    series.exdates = [wall_text(date) for date in sorted(plan.exdates)]
    until = horizon_of(series, work.now)
    dates = plan.dates(until)
    mark_made(series, until)
    places = match([each.original_wall for each in tail], dates, by)
    dropped = []
    for event, to in zip(tail, places, strict=True):
        if to is None:
            dropped.append(event)
        else:
            _move(work, series, event, to)
    added = make_events(work, series, sorted(set(dates) - set(places)))
    if added and any(event.announces for event in dropped):
        added[0].announces = True
    return Made(added, [event for event in dropped if event.status == "scheduled"])


async def cancel_dates(work: UnitOfWork, events: Sequence[EventRow], *, reason: str) -> None:
    """Cancels dates: they stay visible as cancelled, and nobody is reminded of them."""
    for event in events:
        event.status, event.cancel_reason = "cancelled", reason
        touch(event, work.now)
    await ReminderStore(work).drop([event.id for event in events])
    work.publish(
        *(
            EventCancelled(
                event_id=EventId(event.id), series_id=event.series_id, club_id=ClubId(event.club_id),
                title=event.title, starts_at=event.starts_at, version=event.version, at=work.now,
            )
            for event in events
        )
    )  # fmt: skip


def match(old: Sequence[datetime], new: Sequence[datetime], by: timedelta) -> list[datetime | None]:
    """For each old date the new one it becomes: moved by `by`, else on the same day; None when there is none."""
    free = set(new)
    places: list[datetime | None] = []
    for date in old:
        moved = date + by if date + by in free else None
        free.discard(date + by)
        places.append(moved)
    by_day = {date.date(): date for date in sorted(free, reverse=True)}
    return [to or by_day.pop(date.date(), None) for date, to in zip(old, places, strict=True)]


def _new_plan(work: UnitOfWork, series: SeriesRow, first: EventRow, fields: dict[str, Any], by: timedelta) -> Plan:
    zone = fields.get("tzid", series.tzid)
    starts = first.original_wall + by
    if zones.instant(starts, zone) <= work.now:
        raise StartsInThePast
    if "rrule" in fields:
        text = fields["rrule"]
    else:
        rule = stored_rule(series.rrule)
        if rule is not None and rule.names_days and starts.date() != first.original_wall.date():
            raise NeedsARule
        text = _moved(rule, by).text if rule else None
    exdates = fields.get("exdates")
    if exdates is None:
        exdates = [] if "rrule" in fields else [wall_time(each) + by for each in series.exdates]
    return recurrence.plan(starts, text, exdates, zone=zone, now=zones.wall(work.now, zone))


def _moved(rule: Rule, by: timedelta) -> Rule:
    """The same rule for dates that come later: its end moves along, or the last date would be lost."""
    return replace(rule, until=rule.until + by) if rule.until else rule


def _move(work: UnitOfWork, series: SeriesRow, event: EventRow, to: datetime) -> None:
    event.original_local, event.repeats = wall_text(to), series.rrule is not None
    if "starts_local" not in event.own:
        set_time(event, to, series.tzid)
