"""The dates of a series as events: made from its plan, kept with their reminders, told to the log."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from clubkit.db.work import UnitOfWork
from clubkit.ids import new_id
from social_service.clubs.schemas import ClubBrief
from social_service.events import recurrence, zones
from social_service.events.models import EventRow, SeriesRow, values, wall_text, wall_time
from social_service.events.recurrence import Plan
from social_service.events.rules import stored_rule
from social_service.events.service import scheduled
from social_service.events.store import EventStore, ReminderStore

DESCRIBED = (
    "title", "text", "place", "lat", "lon", "capacity", "guests_allowed", "rsvp_deadline_minutes", "visibility",
    "reminders", "duration_minutes",
)  # fmt: skip
"""What a date takes over from its series unless it has its own."""


def plan_of(series: SeriesRow) -> Plan:
    exdates = frozenset(wall_time(text) for text in series.exdates)
    return Plan(series.starts_wall, stored_rule(series.rrule), exdates)


def horizon_of(series: SeriesRow, now: datetime) -> datetime:
    """Up to where the series has dates made, in its wall time."""
    return recurrence.horizon(series.starts_wall, zones.wall(now, series.tzid))


def mark_made(series: SeriesRow, until: datetime) -> None:
    """Notes that dates are made up to `until` (wall time), or that the rule gives no more."""
    plan = plan_of(series)
    rule = plan.rule
    done = rule is None or (rule.until is not None and rule.until <= until)
    if rule is not None and rule.count:
        done = len(Plan(plan.starts, rule, frozenset()).dates(until)) >= rule.count
    series.made_until = None if done else zones.instant(until, series.tzid)


def make_events(work: UnitOfWork, series: SeriesRow, dates: Iterable[datetime]) -> list[EventRow]:
    """Events for these dates (wall time) of a series, with its description."""
    rows = [_event(work, series, date) for date in dates]
    EventStore(work).add(*rows)
    return rows


def set_time(event: EventRow, local: datetime, tzid: str) -> None:
    """Puts an event at a wall time; the instants follow."""
    event.starts_local, event.tzid = wall_text(local), tzid
    event.starts_at = zones.instant(local, tzid)
    event.ends_at = event.starts_at + timedelta(minutes=event.duration_minutes)


def touch(row: EventRow | SeriesRow, now: datetime) -> None:
    """Google keeps the old time unless SEQUENCE and LAST-MODIFIED rise, even when DTSTART changed."""
    row.sequence += 1
    row.changed_at = now
    if isinstance(row, EventRow):
        row.version += 1


async def tell(work: UnitOfWork, events: Sequence[EventRow], club: ClubBrief) -> None:
    """Publishes the events as they now stand, and writes their reminders anew, in this very transaction."""
    rows = [
        {"event_id": event.id, "minutes_before": minutes, "due_at": due}
        for event in events
        for minutes in event.reminders
        if (due := event.starts_at - timedelta(minutes=minutes)) > work.now
    ]
    await work.session.flush()
    await ReminderStore(work).rewrite(events, work.now, rows)
    work.publish(*(scheduled(event, club) for event in events))


def _event(work: UnitOfWork, series: SeriesRow, date: datetime) -> EventRow:
    event = EventRow(
        id=new_id(work.now), series_id=series.id, club_id=series.club_id, host_id=series.host_id,
        original_local=wall_text(date), repeats=series.rrule is not None, announces=False, status="scheduled",
        cancel_reason="", own=[], version=1, sequence=0, going=0, maybe=0, waiting=0, turns=0,
        created_at=work.now, changed_at=work.now, **values(series, DESCRIBED),
    )  # fmt: skip
    set_time(event, date, series.tzid)
    return event
