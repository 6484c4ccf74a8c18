"""The rules of changing: this date, this and the following, or all that are still to come.

What has happened stays as it was: "all" begins with the next date, and a series that already has past ones is
split there. See docs/decisions/0041-editing-a-series.md.
"""

from typing import Any

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import EventId
from clubkit.versions import expect
from social_service.clubs import service as clubs
from social_service.clubs.schemas import ClubBrief, Viewer
from social_service.events import rescheduling, service, splitting
from social_service.events.answering import move_up, push_turnout
from social_service.events.dates import DESCRIBED, plan_of, set_time, tell, touch
from social_service.events.errors import (
    EventIsOff,
    EventIsOver,
    EventNotFound,
    HalfAPlace,
    NotForOneDate,
    NothingToTakeAway,
    SeatsTaken,
    StartsInThePast,
)
from social_service.events.models import EventRow, SeriesRow
from social_service.events.rules import parse_rule
from social_service.events.schemas import Changed, EventPatch, Scope
from social_service.events.store import EventStore

NULLABLE = frozenset({"rrule", "lat", "lon", "capacity"})
OF_THE_SERIES = ("tzid", "rrule", "exdates")
SCHEDULE = frozenset({"starts_local", *OF_THE_SERIES})
Fields = dict[str, Any]


async def edit(
    work: UnitOfWork, caller: Caller, event_id: EventId, patch: EventPatch, scope: Scope, *, version: int
) -> Changed:
    """Changes the given fields, and tells everybody whom they concern.

    Raises EventNotFound, NotAllowedInClub, ChangedMeanwhile, EventIsOff, EventIsOver, NotForOneDate, NeedsARule,
    NothingToTakeAway, HalfAPlace, StartsInThePast, BadRule, NoDates, SeatsTaken.
    """
    viewer, event, club = await open_for_edit(work, caller, event_id, version)
    series = await EventStore(work).series(event.series_id, lock=True)
    fields = _fields(patch, event, series)
    if not fields:
        return await outcome(work, viewer, event, 0)
    if scope == "this" and series.rrule is not None:
        return await _edit_one(work, viewer, event, fields, club)
    return await _edit_many(work, viewer, event, series, fields, scope, club)


async def open_for_edit(
    work: UnitOfWork, caller: Caller, event_id: EventId, version: int
) -> tuple[Viewer, EventRow, ClubBrief]:
    """The event, locked, when this member may change it and has seen its present version."""
    viewer = await clubs.viewer(work, caller.member_id)
    event = await EventStore(work).event(event_id, viewer, lock=True)
    if event is None:
        raise EventNotFound
    club = await clubs.require(work, event.club_id, caller.member_id, "schedule")
    expect(version, event.version)
    if event.status == "cancelled":
        raise EventIsOff
    if event.ends_at <= work.now:
        raise EventIsOver
    return viewer, event, club


async def outcome(
    work: UnitOfWork, viewer: Viewer, event: EventRow, changed: int, *, added: int = 0, cancelled: int = 0
) -> Changed:
    card = (await service.cards_of(work, viewer, [event]))[0]
    return Changed(event=card, changed=changed, added=added, cancelled=cancelled)


async def _edit_one(work: UnitOfWork, viewer: Viewer, event: EventRow, fields: Fields, club: ClubBrief) -> Changed:
    for field in OF_THE_SERIES:
        if field in fields:
            raise NotForOneDate(field)
    event.own = sorted({*event.own, *fields})
    await _apply(work, event, fields)
    touch(event, work.now)
    await tell(work, [event], club)
    return await outcome(work, viewer, event, 1)


async def _edit_many(
    work: UnitOfWork, viewer: Viewer, event: EventRow, series: SeriesRow, fields: Fields, scope: Scope,
    club: ClubBrief,
) -> Changed:  # fmt: skip
    moves = bool(SCHEDULE & fields.keys())
    event.own = [name for name in event.own if name not in fields]
    dates = await EventStore(work).dates_of(series.id, lock=True)
    head, tail = splitting.cut(dates, event, scope, work.now, unbegun=moves)
    if head and (scope == "following" or moves):
        series = splitting.split(work, series, tail[0], tail)
    plain = {name: value for name, value in fields.items() if name not in SCHEDULE}
    for name, value in plain.items():
        setattr(series, name, value)
    living = [each for each in tail if each.status == "scheduled" and each.ends_at > work.now]
    for each in living:
        await _apply(work, each, {name: value for name, value in plain.items() if name not in each.own})
    made = rescheduling.NOTHING
    if moves:
        made = rescheduling.reschedule(work, series, event, tail, fields)
        await rescheduling.cancel_dates(work, made.dropped, reason="")
    touch(series, work.now)
    changed = [each for each in living if each.status == "scheduled"]
    for each in changed:
        touch(each, work.now)
    await tell(work, [*changed, *made.added], club)
    shown = event if event.status == "scheduled" else next(iter([*changed, *made.added]), event)
    return await outcome(work, viewer, shown, len(changed), added=len(made.added), cancelled=len(made.dropped))


async def _apply(work: UnitOfWork, event: EventRow, fields: Fields) -> None:
    """Gives one date new values. Raises StartsInThePast, SeatsTaken."""
    for name, value in fields.items():
        if name != "starts_local":
            setattr(event, name, value)
    if "starts_local" in fields or "duration_minutes" in fields:
        set_time(event, fields.get("starts_local", event.starts_wall), event.tzid)
    if "starts_local" in fields and event.starts_at <= work.now:
        raise StartsInThePast
    if "capacity" in fields:
        if event.capacity is not None and event.going > event.capacity:
            raise SeatsTaken(event.going, event.starts_wall)
        await move_up(work, event)
        push_turnout(work, event)


def _fields(patch: EventPatch, event: EventRow, series: SeriesRow) -> Fields:
    """The given fields that are not as they stand already. Raises NothingToTakeAway, HalfAPlace, BadRule."""
    given: Fields = {name: getattr(patch, name) for name in patch.model_fields_set}
    for name, value in given.items():
        if value is None and name not in NULLABLE:
            raise NothingToTakeAway(name)
    if (given.get("lat", event.lat) is None) != (given.get("lon", event.lon) is None):
        raise HalfAPlace
    if given.get("rrule") is not None:
        given["rrule"] = parse_rule(given["rrule"], given.get("tzid", series.tzid)).text
    if "reminders" in given:
        given["reminders"] = list(given["reminders"])
    plan = plan_of(series)
    now: Fields = {name: getattr(event, name) for name in (*DESCRIBED, "tzid")}
    now |= {"rrule": series.rrule, "exdates": tuple(sorted(plan.exdates)), "starts_local": event.starts_wall}
    # A date that was moved on its own and now speaks for the others changes them, though not itself.
    if event.starts_wall != event.original_wall:
        now["starts_local"] = None
    return {name: value for name, value in given.items() if value != now[name]}
