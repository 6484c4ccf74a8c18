"""The rules of planning: a rule is understood and shown before it is stored, and stored with its first dates."""

from datetime import datetime

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import new_id
from social_service.clubs import service as clubs
from social_service.events import recurrence, service, zones
from social_service.events.dates import horizon_of, make_events, mark_made, plan_of, tell
from social_service.events.errors import StartsInThePast
from social_service.events.models import SeriesRow, wall_text
from social_service.events.recurrence import Plan
from social_service.events.rules import stored_rule
from social_service.events.schemas import NewEvent, NextDate, Preview, Scheduled, SeriesOut, Timing
from social_service.events.wording import summary
from social_service.people import service as people

SHOWN = 10


async def preview(work: UnitOfWork, caller: Caller, club: str, timing: Timing) -> Preview:
    """What a rule means, without storing anything. Raises what `schedule` raises."""
    await clubs.require(work, club, caller.member_id, "schedule")
    plan = checked_plan(timing, work.now)
    dates = plan.dates(recurrence.horizon(plan.starts, zones.wall(work.now, timing.tzid)))
    return Preview(
        summary=summary(plan.rule, plan.starts), endless=plan.endless, dates=len(dates),
        next_dates=_next(dates, timing.tzid, timing.duration_minutes),
    )  # fmt: skip


async def schedule(work: UnitOfWork, caller: Caller, club_ref: str, wish: NewEvent) -> Scheduled:
    """Plans an event, once or by a rule, with its dates up to the horizon.

    Raises ClubNotFound, NotAllowedInClub, BadRule, NoDates, StartsInThePast.
    """
    club = await clubs.require(work, club_ref, caller.member_id, "schedule")
    await people.ensure(work, caller)
    plan = checked_plan(wish, work.now)
    series = new_series(work, club.id, caller.member_id, wish, plan)
    until = horizon_of(series, work.now)
    dates = plan.dates(until)
    events = make_events(work, series, dates)
    events[0].announces = True
    mark_made(series, until)
    await tell(work, events, club)
    viewer = await clubs.viewer(work, caller.member_id)
    return Scheduled(
        series=series_out(series), events=tuple(await service.cards_of(work, viewer, events[:SHOWN])),
        next_dates=_next(dates, series.tzid, series.duration_minutes), dates=len(dates),
    )  # fmt: skip


def checked_plan(timing: Timing, now: datetime) -> Plan:
    """Raises BadRule, NoDates, StartsInThePast."""
    if zones.instant(timing.starts_local, timing.tzid) <= now:
        raise StartsInThePast
    today = zones.wall(now, timing.tzid)
    return recurrence.plan(timing.starts_local, timing.rrule, timing.exdates, zone=timing.tzid, now=today)


def new_series(work: UnitOfWork, club_id: str, host_id: str, wish: NewEvent, plan: Plan) -> SeriesRow:
    """Adds a series to this work. Its first date is the plan's, which is on the rule."""
    fields = wish.model_dump(exclude={"starts_local", "rrule", "exdates", "reminders"})
    series = SeriesRow(
        id=new_id(work.now), club_id=club_id, host_id=host_id, starts_local=wall_text(plan.starts),
        rrule=plan.rule.text if plan.rule else None, exdates=[wall_text(date) for date in sorted(plan.exdates)],
        reminders=list(wish.reminders), made_until=None, split_from=None, cancelled_at=None, sequence=0,
        created_at=work.now, changed_at=work.now, **fields,
    )  # fmt: skip
    work.session.add(series)
    return series


def series_out(series: SeriesRow) -> SeriesOut:
    plan = plan_of(series)
    return SeriesOut(
        id=series.id, starts_local=series.starts_wall, duration_minutes=series.duration_minutes, tzid=series.tzid,
        rrule=series.rrule, exdates=tuple(sorted(plan.exdates)), endless=plan.endless,
        summary=summary(stored_rule(series.rrule), series.starts_wall), reminders=tuple(series.reminders),
        rsvp_deadline_minutes=series.rsvp_deadline_minutes,
    )  # fmt: skip


def _next(dates: list[datetime], tzid: str, minutes: int) -> tuple[NextDate, ...]:
    return tuple(zones.next_date(date, tzid, minutes) for date in dates[:SHOWN])
