"""What calendars, the event's page and its list of answers hold, as the asker may see it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import EventId, MemberId
from social_service.clubs import service as clubs
from social_service.clubs.schemas import Viewer
from social_service.events import service
from social_service.events.errors import BadRange, EventNotFound
from social_service.events.models import AnswerRow, EventRow
from social_service.events.planning import series_out
from social_service.events.schemas import Attendee, Calendar, EventOut, Standing, Step
from social_service.events.store import AnswerStore, EventStore
from social_service.people import service as people
from social_service.people.schemas import PersonBrief

LONGEST_RANGE = timedelta(days=400)
MOST_IN_RANGE = 1_000
SHOWN_COMING = 12
Next = tuple[datetime, str] | None


async def calendar(
    work: UnitOfWork, caller: Caller, since: datetime, until: datetime, *, club: str | None, mine: bool
) -> Calendar:
    """Events in a range, by start. Raises BadRange, ClubNotFound."""
    if since.tzinfo is None or until.tzinfo is None or not timedelta(0) < until - since <= LONGEST_RANGE:
        raise BadRange(LONGEST_RANGE.days)
    viewer = await clubs.viewer(work, caller.member_id)
    club_id = (await clubs.resolve(work, club)).id if club else None
    rows = await EventStore(work).between(viewer, since, until, club_id=club_id, mine=mine, limit=MOST_IN_RANGE + 1)
    cards = await service.cards_of(work, viewer, rows[:MOST_IN_RANGE])
    return Calendar(data=tuple(cards), complete=len(rows) <= MOST_IN_RANGE)


async def page(work: UnitOfWork, caller: Caller, event_id: EventId) -> EventOut:
    """Raises EventNotFound."""
    viewer = await clubs.viewer(work, caller.member_id)
    row = await visible(work, viewer, event_id)
    store = EventStore(work)
    card = (await service.cards_of(work, viewer, [row]))[0]
    going = await AnswerStore(work).page(row.id, "going", None, SHOWN_COMING)
    names = await people.briefs(work, {row.host_id, *(each.member_id for each in going)})
    before, after = await store.neighbours(row)
    return EventOut(
        **dict(card), text=row.text, host=names[MemberId(row.host_id)] if row.host_id else None,
        coming=tuple(_attendee(each, names) for each in going), series=series_out(await store.series(row.series_id)),
        previous=_step(before), next=_step(after), cancel_reason=row.cancel_reason,
        may_edit=viewer.may(row.club_id, "schedule"),
    )  # fmt: skip


async def answers(
    work: UnitOfWork, caller: Caller, event_id: EventId, *, standing: Standing | None, key: Next, limit: int
) -> tuple[list[Attendee], Next]:
    """Who answered, the first first, and the key of the last when more follow. Raises EventNotFound."""
    row = await visible(work, await clubs.viewer(work, caller.member_id), event_id)
    rows = await AnswerStore(work).page(row.id, standing, key, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    names = await people.briefs(work, [each.member_id for each in rows])
    last = rows[-1] if rows else None
    return [_attendee(each, names) for each in rows], (last.answered_at, last.member_id) if more and last else None


async def visible(work: UnitOfWork, viewer: Viewer, event_id: EventId) -> EventRow:
    """Raises EventNotFound."""
    found: Sequence[EventRow] = await EventStore(work).events([event_id], viewer)
    if not found:
        raise EventNotFound
    return found[0]


def _attendee(row: AnswerRow, names: dict[MemberId, PersonBrief]) -> Attendee:
    return Attendee(
        person=names[MemberId(row.member_id)], standing=row.standing, guests=row.guests, note=row.note,
        answered_at=row.answered_at,
    )  # fmt: skip


def _step(row: EventRow | None) -> Step | None:
    return Step(id=EventId(row.id), starts_at=row.starts_at) if row else None
