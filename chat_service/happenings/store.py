"""Events, who comes, and fixtures, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from chat_service.happenings.models import EventRow, FixtureRow, GuestRow
from clubkit.db.upsert import insert_or_ignore, upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, EventId, FixtureId, MemberId

LATELY = timedelta(hours=6)
"""An event is spoken of for so long after it began."""


class HappeningStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def put_events(self, rows: Sequence[dict[str, Any]]) -> None:
        """The newest of each wins."""
        await upsert(self._session, EventRow, _newest(rows, "event_id"), keys=["event_id"], only_if_newer="version")

    async def cancel(self, event_id: EventId, version: int, row: dict[str, Any]) -> None:
        await insert_or_ignore(self._session, EventRow, [row])
        mine = (EventRow.event_id == event_id, EventRow.version <= version)
        await self._session.execute(update(EventRow).where(*mine).values(cancelled=True, version=version))

    async def event(self, event_id: EventId) -> EventRow | None:
        return await self._session.get(EventRow, event_id)

    async def events(self, event_ids: Collection[EventId]) -> Sequence[EventRow]:
        return (await self._session.scalars(select(EventRow).where(EventRow.event_id.in_(event_ids)))).all()

    async def coming_up(self, club_ids: Collection[ClubId], limit: int) -> Sequence[EventRow]:
        """Of these clubs, the next ones first."""
        query = select(EventRow).where(
            EventRow.club_id.in_(club_ids),
            EventRow.cancelled.is_(False),
            EventRow.starts_at > self._now - LATELY,
        )
        return (await self._session.scalars(query.order_by(EventRow.starts_at, EventRow.event_id).limit(limit))).all()

    async def put_guests(self, coming: Mapping[tuple[EventId, MemberId], bool]) -> None:
        rows = [
            {"event_id": event_id, "member_id": member_id, "coming": comes}
            for (event_id, member_id), comes in sorted(coming.items())
        ]
        await upsert(self._session, GuestRow, rows, keys=["event_id", "member_id"])

    async def guests(self, event_id: EventId) -> list[MemberId]:
        query = select(GuestRow.member_id).where(GuestRow.event_id == event_id, GuestRow.coming.is_(True))
        return [MemberId(member_id) for member_id in await self._session.scalars(query.order_by(GuestRow.member_id))]

    async def put_fixtures(self, rows: Sequence[dict[str, Any]]) -> None:
        await upsert(
            self._session, FixtureRow, _newest(rows, "fixture_id"), keys=["fixture_id"], only_if_newer="version"
        )

    async def fixture(self, fixture_id: FixtureId) -> FixtureRow | None:
        return await self._session.get(FixtureRow, fixture_id)

    async def open_fixtures(self, limit: int) -> Sequence[FixtureRow]:
        """Those that can still be picked, the next ones first."""
        query = select(FixtureRow).where(FixtureRow.status == "scheduled", FixtureRow.kickoff_at > self._now)
        found = await self._session.scalars(query.order_by(FixtureRow.kickoff_at, FixtureRow.fixture_id).limit(limit))
        return found.all()


def _newest(rows: Sequence[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """One row per key: a statement writes none twice."""
    newest: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row[key] not in newest or newest[row[key]]["version"] <= row["version"]:
            newest[row[key]] = row
    return [newest[name] for name in sorted(newest)]
