"""The rules of calling off: one date, this and the following, or all that are still to come."""

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import EventId
from social_service.events.changing import open_for_edit, outcome
from social_service.events.dates import touch
from social_service.events.rescheduling import cancel_dates
from social_service.events.schemas import Changed, Scope
from social_service.events.splitting import cut, end_before
from social_service.events.store import EventStore


async def cancel(
    work: UnitOfWork, caller: Caller, event_id: EventId, scope: Scope, reason: str, *, version: int
) -> Changed:
    """Calls off. Cancelled dates stay to be seen, with the reason; answers to them stay as they are.

    Raises EventNotFound, NotAllowedInClub, ChangedMeanwhile, EventIsOff, EventIsOver.
    """
    viewer, event, _ = await open_for_edit(work, caller, event_id, version)
    store = EventStore(work)
    series = await store.series(event.series_id, lock=True)
    if scope == "this" and series.rrule is not None:
        await cancel_dates(work, [event], reason=reason)
        return await outcome(work, viewer, event, 0, cancelled=1)
    head, tail = cut(await store.dates_of(series.id, lock=True), event, scope, work.now)
    if head:
        end_before(work, series, tail[0].original_wall)
    else:
        series.cancelled_at, series.made_until = work.now, None
        touch(series, work.now)
    called_off = [date for date in tail if date.status == "scheduled" and date.ends_at > work.now]
    await cancel_dates(work, called_off, reason=reason)
    return await outcome(work, viewer, event, 0, cancelled=len(called_off))
