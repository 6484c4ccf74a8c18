"""What other domains ask of events: cards to show, what is new, who is coming."""

from collections.abc import Collection, Sequence
from datetime import datetime

from clubkit.contracts.social import EventScheduled
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, EventId, MemberId
from social_service.clubs import service as clubs
from social_service.clubs.schemas import ClubBrief, Viewer
from social_service.events.models import EventRow
from social_service.events.schemas import EventCard, MyAnswer, Standing
from social_service.events.store import AnswerStore, EventStore, Mine

UNKNOWN_CLUB = "A club"


async def cards(work: UnitOfWork, viewer: Viewer, event_ids: Collection[EventId]) -> list[EventCard]:
    """The events of these ids that the viewer may see, in the order asked. Three queries, however many."""
    found = {row.id: row for row in await EventStore(work).events(set(event_ids), viewer)} if event_ids else {}
    return await cards_of(work, viewer, [found[each] for each in event_ids if each in found])


async def recent_ids(
    work: UnitOfWork, club_ids: Collection[ClubId], before: tuple[datetime, str] | None, limit: int
) -> list[tuple[datetime, EventId]]:
    """Newly planned events of these clubs behind `before` = (planned at, id), newest first; one per series."""
    rows = await EventStore(work).announced(club_ids, before, limit)
    return [(row.created_at, EventId(row.id)) for row in rows]


async def audience(
    work: UnitOfWork, event_ids: Collection[EventId], standings: Collection[Standing] = ("going", "waiting", "maybe")
) -> dict[EventId, list[MemberId]]:
    """Who answered these events so. One query."""
    found = await AnswerStore(work).members(event_ids, standings)
    return {EventId(event_id): members for event_id, members in found.items()}


async def all_after(work: UnitOfWork, event_id: str, limit: int) -> list[EventScheduled]:
    """Every scheduled event as it now stands, by id: for rebuilding what follows from them."""
    rows = await EventStore(work).scheduled_after(event_id, limit)
    briefs = await clubs.briefs(work, [row.club_id for row in rows])
    return [scheduled(row, club_of(briefs, row)) for row in rows]


async def series_heads(work: UnitOfWork, series_ids: Collection[str]) -> dict[str, EventScheduled]:
    """Of each series the next date (or the last it had) as it now stands; absent where all are cancelled."""
    rows = await EventStore(work).heads(series_ids, work.now)
    briefs = await clubs.briefs(work, [row.club_id for row in rows])
    return {row.series_id: scheduled(row, club_of(briefs, row)) for row in rows}


async def newly_planned(work: UnitOfWork, series_ids: Collection[str], since: datetime) -> dict[str, bool]:
    """The series planned since then, and whether each goes on beyond what is planned. One query."""
    return await EventStore(work).endless(series_ids, since)


async def series_ids_after(work: UnitOfWork, series_id: str, limit: int) -> list[str]:
    """Every series, by id: for rebuilding what follows from them."""
    return await EventStore(work).series_ids_after(series_id, limit)


async def cards_of(work: UnitOfWork, viewer: Viewer, rows: Sequence[EventRow]) -> list[EventCard]:
    """Cards of rows the viewer was found to see; two queries."""
    mine = await AnswerStore(work).mine(viewer.member_id, [row.id for row in rows])
    briefs = await clubs.briefs(work, [row.club_id for row in rows]) if rows else {}
    return [card(row, club_of(briefs, row), mine.get(row.id)) for row in rows]


def card(row: EventRow, club: ClubBrief, mine: Mine | None) -> EventCard:
    return EventCard(
        id=EventId(row.id), series_id=row.series_id, club=club, title=row.title, starts_at=row.starts_at,
        ends_at=row.ends_at, starts_local=row.starts_wall, tzid=row.tzid, place=row.place, lat=row.lat, lon=row.lon,
        capacity=row.capacity, going=row.going, maybe=row.maybe, waiting=row.waiting,
        guests_allowed=row.guests_allowed, answers_close_at=row.answers_close_at, status=row.status,
        repeats=row.repeats, visibility=row.visibility, my_answer=my_answer(mine) if mine else None,
        created_at=row.created_at, version=row.version,
    )  # fmt: skip


def my_answer(mine: Mine) -> MyAnswer:
    row = mine.row
    return MyAnswer(
        answer=row.answer, guests=row.guests, note=row.note, standing=row.standing, position=mine.position,
        answered_at=row.answered_at,
    )  # fmt: skip


def club_of(briefs: dict[ClubId, ClubBrief], row: EventRow) -> ClubBrief:
    """The club of an event; a stand-in for one that was closed."""
    club_id = ClubId(row.club_id)
    return briefs.get(club_id) or ClubBrief(id=club_id, slug="", name=UNKNOWN_CLUB, hue=210)


def scheduled(row: EventRow, club: ClubBrief) -> EventScheduled:
    """The event as it now stands, for the log."""
    return EventScheduled(
        event_id=EventId(row.id), series_id=row.series_id, club_id=club.id, club_name=club.name, club_hue=club.hue,
        host_id=MemberId(row.host_id), title=row.title, text=row.text, starts_at=row.starts_at, ends_at=row.ends_at,
        tzid=row.tzid, place=row.place, lat=row.lat, lon=row.lon, capacity=row.capacity,
        visibility=row.visibility, created_at=row.created_at, version=row.version, at=row.changed_at,
    )  # fmt: skip
