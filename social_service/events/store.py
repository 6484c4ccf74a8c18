"""Events, answers and reminders in SQL."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from clubkit.db.upsert import insert_or_ignore, upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId
from social_service.clubs.schemas import Viewer
from social_service.events.models import AnswerRow, CalendarLinkRow, EventRow, ReminderRow, SeriesRow


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Events a viewer may see: public ones, and those of her clubs."""
    return or_(EventRow.visibility == "public", EventRow.club_id.in_(viewer.clubs))


@dataclass(frozen=True, slots=True)
class Mine:
    """A member's answer with her place in the waiting line (1 is next)."""

    row: AnswerRow
    position: int | None


class EventStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    def add(self, *rows: SeriesRow | EventRow) -> None:
        self._session.add_all(rows)

    async def add_many(self, model: type[SeriesRow | EventRow], rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            await insert_or_ignore(self._session, model, rows)

    async def known(self, event_ids: Collection[str]) -> set[str]:
        return set(await self._session.scalars(select(EventRow.id).where(EventRow.id.in_(event_ids))))

    async def event(self, event_id: str, viewer: Viewer, *, lock: bool = False) -> EventRow | None:
        query = select(EventRow).where(EventRow.id == event_id, visible_to(viewer))
        return await self._session.scalar(query.with_for_update() if lock else query)

    async def events(self, event_ids: Collection[str], viewer: Viewer) -> Sequence[EventRow]:
        wanted = {"events": list(event_ids), "clubs": list(viewer.clubs)}
        return (await self._session.scalars(_VISIBLE, wanted)).all()

    async def lock_ignoring_visibility(self, event_ids: Collection[str]) -> dict[str, EventRow]:
        """In the order of their ids, so that two who lock many never wait for each other."""
        query = select(EventRow).where(EventRow.id.in_(event_ids)).order_by(EventRow.id).with_for_update()
        return {row.id: row for row in await self._session.scalars(query)}

    async def series(self, series_id: str, *, lock: bool = False) -> SeriesRow:
        row = await self._session.get(SeriesRow, series_id, with_for_update=lock or None)
        if row is None:
            raise LookupError(f"event without its series {series_id}")
        return row

    async def dates_of(self, series_id: str, *, lock: bool = False) -> Sequence[EventRow]:
        """All dates of a series in the order of its rule."""
        query = select(EventRow).where(EventRow.series_id == series_id).order_by(EventRow.original_local, EventRow.id)
        return (await self._session.scalars(query.with_for_update() if lock else query)).all()

    async def neighbours(self, event: EventRow) -> tuple[EventRow | None, EventRow | None]:
        here = (EventRow.starts_at, EventRow.id)
        place = (event.starts_at, event.id)
        same = select(EventRow).where(EventRow.series_id == event.series_id, EventRow.status == "scheduled")
        before = same.where(tuple_(*here) < place).order_by(*(c.desc() for c in here)).limit(1)
        after = same.where(tuple_(*here) > place).order_by(*here).limit(1)
        return await self._session.scalar(before), await self._session.scalar(after)

    async def between(
        self, viewer: Viewer, since: datetime, until: datetime, *, club_id: str | None, mine: bool, limit: int
    ) -> Sequence[EventRow]:
        """Events that touch the range: of one club, or of the viewer's clubs and wherever she answered."""
        answered = select(AnswerRow.event_id).where(
            AnswerRow.member_id == viewer.member_id, AnswerRow.standing.in_(("going", "waiting", "maybe"))
        )
        query = select(EventRow).where(EventRow.starts_at < until, EventRow.ends_at > since, visible_to(viewer))
        if club_id is not None:
            query = query.where(EventRow.club_id == club_id)
        elif not mine:
            query = query.where(or_(EventRow.club_id.in_(viewer.clubs), EventRow.id.in_(answered)))
        if mine:
            query = query.where(EventRow.id.in_(answered))
        return (await self._session.scalars(query.order_by(EventRow.starts_at, EventRow.id).limit(limit))).all()

    async def announced(
        self, viewer_clubs: Collection[str], before: tuple[datetime, str] | None, limit: int
    ) -> Sequence[EventRow]:
        """Newest planned first: one date for each series."""
        query = select(EventRow).where(
            EventRow.club_id.in_(viewer_clubs), EventRow.announces.is_(True), EventRow.status == "scheduled"
        )
        if before is not None:
            query = query.where(tuple_(EventRow.created_at, EventRow.id) < before)
        order = (EventRow.created_at.desc(), EventRow.id.desc())
        return (await self._session.scalars(query.order_by(*order).limit(limit))).all()

    async def scheduled_after(self, event_id: str, limit: int) -> Sequence[EventRow]:
        query = select(EventRow).where(EventRow.id > event_id, EventRow.status == "scheduled")
        return (await self._session.scalars(query.order_by(EventRow.id).limit(limit))).all()

    async def heads(self, series_ids: Collection[str], now: datetime) -> Sequence[EventRow]:
        """Of each series the next date, or else the last one it had; none where all are cancelled."""
        over = case((EventRow.ends_at < now, 1), else_=0)
        soonest = case((EventRow.ends_at >= now, EventRow.starts_at))
        place = func.row_number().over(
            partition_by=EventRow.series_id, order_by=(over, soonest, EventRow.starts_at.desc(), EventRow.id)
        )
        standing = (EventRow.series_id.in_(series_ids), EventRow.status == "scheduled")
        numbered = select(EventRow.id, place.label("place")).where(*standing).subquery()
        first = select(numbered.c.id).where(numbered.c.place == 1)
        return (await self._session.scalars(select(EventRow).where(EventRow.id.in_(first)))).all()

    async def series_ids_after(self, series_id: str, limit: int) -> list[str]:
        query = select(SeriesRow.id).where(SeriesRow.id > series_id).order_by(SeriesRow.id).limit(limit)
        return list(await self._session.scalars(query))

    async def coming_after(self, event_id: str, now: datetime, limit: int) -> Sequence[EventRow]:
        """Scheduled events that have not begun, by id."""
        query = select(EventRow).where(EventRow.id > event_id, EventRow.status == "scheduled", EventRow.starts_at > now)
        return (await self._session.scalars(query.order_by(EventRow.id).limit(limit))).all()

    async def members_only_with(self, club_id: str, member_id: str, now: datetime) -> list[str]:
        """What is still to come, for members alone, where this member holds or waits for something."""
        query = (
            select(EventRow.id)
            .join(AnswerRow, AnswerRow.event_id == EventRow.id)
            .where(EventRow.club_id == club_id, EventRow.visibility == "club", EventRow.starts_at > now)
            .where(AnswerRow.member_id == member_id, AnswerRow.standing != "no", EventRow.status == "scheduled")
        )
        return list(await self._session.scalars(query))

    async def coming_of(self, club_id: str, now: datetime) -> Sequence[EventRow]:
        query = select(EventRow).where(
            EventRow.club_id == club_id, EventRow.ends_at > now, EventRow.status == "scheduled"
        )
        return (await self._session.scalars(query.order_by(EventRow.id).with_for_update())).all()

    async def end_series(self, club_id: str, now: datetime) -> None:
        """No series of this club gives dates any more."""
        mine = (SeriesRow.club_id == club_id, SeriesRow.cancelled_at.is_(None))
        await self._session.execute(update(SeriesRow).where(*mine).values(cancelled_at=now, made_until=None))

    async def endless(self, series_ids: Collection[str], since: datetime) -> dict[str, bool]:
        """Whether each of these series planned since then goes on without an end; older ones are absent."""
        query = select(SeriesRow.id, SeriesRow.made_until).where(
            SeriesRow.id.in_(series_ids), SeriesRow.created_at >= since
        )
        return {series_id: made_until is not None for series_id, made_until in await self._session.execute(query)}

    async def series_to_extend(self, until: datetime, limit: int) -> list[str]:
        query = select(SeriesRow.id).where(SeriesRow.made_until < until, SeriesRow.cancelled_at.is_(None))
        return list(await self._session.scalars(query.order_by(SeriesRow.made_until).limit(limit)))

    async def series_of_club(self, club_id: str, ended_after: datetime) -> Sequence[SeriesRow]:
        """Series with a date that ends after this, or that still go on."""
        alive = select(EventRow.series_id).where(EventRow.club_id == club_id, EventRow.ends_at > ended_after)
        query = select(SeriesRow).where(SeriesRow.club_id == club_id, SeriesRow.id.in_(alive))
        return (await self._session.scalars(query.order_by(SeriesRow.id))).all()

    async def special_dates(self, series_ids: Collection[str]) -> Sequence[EventRow]:
        """Dates that differ from what their rule says: moved, edited or cancelled on their own."""
        query = select(EventRow).where(
            EventRow.series_id.in_(series_ids), or_(EventRow.status == "cancelled", EventRow.sequence > 0)
        )
        return (await self._session.scalars(query.order_by(EventRow.series_id, EventRow.original_local))).all()


class AnswerStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def one(self, event_id: str, member_id: str) -> AnswerRow | None:
        return await self._session.get(AnswerRow, (event_id, member_id))

    def add(self, row: AnswerRow) -> None:
        self._session.add(row)

    async def mine(self, member_id: MemberId, event_ids: Collection[str]) -> dict[str, Mine]:
        """The member's answers, with her places in line where she waits. One query, two if she waits anywhere."""
        if not event_ids:
            return {}
        rows = (await self._session.scalars(_MINE, {"member": member_id, "events": list(event_ids)})).all()
        waiting = [row.event_id for row in rows if row.standing == "waiting"]
        places = await self._places_in_line(member_id, waiting) if waiting else {}
        return {row.event_id: Mine(row, places.get(row.event_id)) for row in rows}

    async def _places_in_line(self, member_id: MemberId, event_ids: Collection[str]) -> dict[str, int]:
        """1 for who is next."""
        ahead = aliased(AnswerRow)
        line = select(func.count()).where(
            ahead.event_id == AnswerRow.event_id, ahead.standing == "waiting", ahead.turn < AnswerRow.turn
        )
        query = select(AnswerRow.event_id, line.correlate(AnswerRow).scalar_subquery()).where(
            AnswerRow.member_id == member_id, AnswerRow.event_id.in_(event_ids)
        )
        return {event_id: before + 1 for event_id, before in await self._session.execute(query)}

    async def held(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], AnswerRow]:
        query = select(AnswerRow).where(tuple_(AnswerRow.event_id, AnswerRow.member_id).in_(list(pairs)))
        return {(row.event_id, row.member_id): row for row in await self._session.scalars(query)}

    async def put_many(self, rows: Sequence[dict[str, Any]]) -> None:
        await upsert(self._session, AnswerRow, rows, keys=["event_id", "member_id"])

    async def line(self, event_id: str, limit: int) -> Sequence[AnswerRow]:
        """The head of the waiting line."""
        query = select(AnswerRow).where(AnswerRow.event_id == event_id, AnswerRow.standing == "waiting")
        return (await self._session.scalars(query.order_by(AnswerRow.turn).limit(limit))).all()

    async def page(
        self, event_id: str, standing: str | None, key: tuple[datetime, str] | None, limit: int
    ) -> Sequence[AnswerRow]:
        """Who answered, the first first, behind `key` = (answered at, member id)."""
        query = select(AnswerRow).where(AnswerRow.event_id == event_id)
        if standing is not None:
            query = query.where(AnswerRow.standing == standing)
        if key is not None:
            query = query.where(tuple_(AnswerRow.answered_at, AnswerRow.member_id) > key)
        query = query.order_by(AnswerRow.answered_at, AnswerRow.member_id).limit(limit)
        return (await self._session.scalars(query)).all()

    async def members(self, event_ids: Collection[str], standings: Collection[str]) -> dict[str, list[MemberId]]:
        query = select(AnswerRow.event_id, AnswerRow.member_id).where(
            AnswerRow.event_id.in_(event_ids), AnswerRow.standing.in_(standings)
        )
        found: dict[str, list[MemberId]] = {}
        for event_id, member_id in await self._session.execute(query):
            found.setdefault(event_id, []).append(MemberId(member_id))
        return found


class ReminderStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def rewrite(self, events: Iterable[EventRow], now: datetime, due: Sequence[dict[str, Any]]) -> None:
        """Replaces the reminders of these events by the given rows."""
        await self.drop([event.id for event in events])
        if due:
            await self._session.execute(insert(ReminderRow), due)

    async def drop(self, event_ids: Sequence[str]) -> None:
        if event_ids:
            await self._session.execute(delete(ReminderRow).where(ReminderRow.event_id.in_(event_ids)))

    async def take_due(self, now: datetime, limit: int) -> list[tuple[ReminderRow, EventRow]]:
        """Takes reminders that are due out of the table; two processes never take the same."""
        query = (
            select(ReminderRow, EventRow)
            .join(EventRow, EventRow.id == ReminderRow.event_id)
            .where(ReminderRow.due_at <= now)
            .order_by(ReminderRow.due_at)
            .limit(limit)
            .with_for_update(of=ReminderRow, skip_locked=True)
        )
        found = [(reminder, event) for reminder, event in await self._session.execute(query)]
        for reminder, _ in found:
            await self._session.delete(reminder)
        return found


class LinkStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    def add(self, row: CalendarLinkRow) -> None:
        self._session.add(row)

    async def find(self, token_hash: str) -> CalendarLinkRow | None:
        return await self._session.get(CalendarLinkRow, token_hash)

    async def revoke(self, member_id: MemberId, club_id: str) -> None:
        mine = (CalendarLinkRow.member_id == member_id, CalendarLinkRow.club_id == club_id)
        await self._session.execute(delete(CalendarLinkRow).where(*mine))


# Built once: to build a statement, and to see that it is the same as before, takes longer than to run it.
_VISIBLE = select(EventRow).where(
    EventRow.id.in_(bindparam("events", expanding=True)),
    or_(EventRow.visibility == "public", EventRow.club_id.in_(bindparam("clubs", expanding=True))),
)
_MINE = select(AnswerRow).where(
    AnswerRow.member_id == bindparam("member"), AnswerRow.event_id.in_(bindparam("events", expanding=True))
)
