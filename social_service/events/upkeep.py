"""What time does to events: endless series go on, reminders fall due, zones change their rules."""

from datetime import datetime

from clubkit.contracts.social import EventReminderDue
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import ClubId, EventId
from social_service.clubs import service as clubs
from social_service.events import recurrence, service, zones
from social_service.events.dates import horizon_of, make_events, mark_made, plan_of, set_time, tell, touch
from social_service.events.models import EventRow
from social_service.events.store import AnswerStore, EventStore, ReminderStore

SLACK_DAYS = 30
"""A series is followed further once this much of its horizon is used up."""
SERIES_AT_ONCE = 200
REMINDERS_AT_ONCE = 200
EVENTS_AT_ONCE = 500


async def extend_all(works: Works) -> int:
    """Makes the dates that have come within the horizon; answers how many. One transaction per series."""
    async with works.reading() as work:
        until = work.now + recurrence.HORIZON * (1 - SLACK_DAYS / recurrence.HORIZON.days)
        series_ids = await EventStore(work).series_to_extend(until, SERIES_AT_ONCE)
    made = 0
    for series_id in series_ids:
        async with works.open() as work:
            made += await _extend(work, series_id)
    return made


async def remind(work: UnitOfWork) -> int:
    """Has those who are coming told of events that are near; answers how many reminders fell due."""
    due = await ReminderStore(work).take_due(work.now, REMINDERS_AT_ONCE)
    living = [(r, e) for r, e in due if e.status == "scheduled" and e.starts_at > work.now]
    audience = await AnswerStore(work).members([event.id for _, event in living], ("going", "maybe"))
    briefs = await clubs.briefs(work, {event.club_id for _, event in living}) if living else {}
    for reminder, event in living:
        if members := audience.get(event.id):
            work.publish(
                EventReminderDue(
                    event_id=EventId(event.id), club_id=ClubId(event.club_id),
                    club_hue=service.club_of(briefs, event).hue, title=event.title, place=event.place,
                    starts_at=event.starts_at, tzid=event.tzid, minutes_before=reminder.minutes_before,
                    member_ids=tuple(members), at=work.now,
                )
            )  # fmt: skip
    return len(due)


async def correct_zones(works: Works) -> int:
    """Puts coming events back on their wall time where a zone's rules have changed; answers how many moved."""
    moved, last = 0, ""
    while True:
        async with works.reading() as work:
            rows = await EventStore(work).coming_after(last, work.now, EVENTS_AT_ONCE)
        if not rows:
            return moved
        last = rows[-1].id
        wrong = [row.id for row in rows if row.starts_at != zones.instant(row.starts_wall, row.tzid)]
        if wrong:
            async with works.open() as work:
                moved += await _correct(work, wrong)


async def _extend(work: UnitOfWork, series_id: str) -> int:
    store = EventStore(work)
    series = await store.series(series_id, lock=True)
    if series.made_until is None or series.cancelled_at is not None:
        return 0
    made_until = zones.wall(series.made_until, series.tzid)
    until = horizon_of(series, work.now)
    dates = [date for date in plan_of(series).dates(until) if date > made_until]
    events = make_events(work, series, dates)
    mark_made(series, until)
    await tell(work, events, (await clubs.briefs(work, [series.club_id]))[ClubId(series.club_id)])
    return len(events)


async def _correct(work: UnitOfWork, event_ids: list[str]) -> int:
    rows = [row for row in (await EventStore(work).lock_ignoring_visibility(event_ids)).values() if _is_wrong(row)]
    briefs = await clubs.briefs(work, {row.club_id for row in rows})
    for row in rows:
        set_time(row, row.starts_wall, row.tzid)
        touch(row, work.now)
        await tell(work, [row], service.club_of(briefs, row))
    return len(rows)


def _is_wrong(row: EventRow) -> bool:
    expected: datetime = zones.instant(row.starts_wall, row.tzid)
    return row.status == "scheduled" and row.starts_at != expected
