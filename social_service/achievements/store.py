"""Marks, badges and activity in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, tuple_

from clubkit.db.upsert import insert_or_ignore, upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId
from social_service.achievements.models import ActivityRow, BadgeRow, MarkRow

Key = tuple[str, str, str]
"""(member, counter, mark) or (member, kind, item)"""
ByCounter = dict[tuple[str, str], dict[str, datetime]]
CHUNK = 500


class BadgeStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def earned(self, member_ids: Collection[str]) -> dict[str, dict[str, datetime]]:
        """Per member: badge → when."""
        found: dict[str, dict[str, datetime]] = {member_id: {} for member_id in member_ids}
        for row in await self._session.scalars(select(BadgeRow).where(BadgeRow.member_id.in_(member_ids))):
            found[row.member_id][row.badge] = row.earned_at
        return found

    async def award(self, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            await self._session.execute(insert(BadgeRow), list(rows))

    async def holders(self) -> dict[str, int]:
        rows = await self._session.execute(select(BadgeRow.badge, func.count()).group_by(BadgeRow.badge))
        return {row[0]: row[1] for row in rows}

    async def set_marks(self, rows: Sequence[dict[str, Any]]) -> None:
        await insert_or_ignore(self._session, MarkRow, rows)

    async def take_back(self, keys: Collection[Key]) -> None:
        if keys:
            place = tuple_(MarkRow.member_id, MarkRow.counter, MarkRow.mark)
            await self._session.execute(delete(MarkRow).where(place.in_(list(keys))))

    async def marks(self, member_ids: Collection[str], counters: Collection[str]) -> ByCounter:
        """All marks of these members for these counters, in one query."""
        found: ByCounter = {}
        columns = MarkRow.member_id, MarkRow.counter, MarkRow.mark, MarkRow.at
        query = select(*columns).where(MarkRow.member_id.in_(member_ids), MarkRow.counter.in_(counters))
        for row in await self._session.execute(query):
            found.setdefault((row.member_id, row.counter), {})[row.mark] = row.at
        return found


class ActivityStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def put(self, rows: Sequence[dict[str, Any]]) -> None:
        keys = ["member_id", "kind", "item_id"]
        await upsert(self._session, ActivityRow, rows, keys=keys, only_if_newer="version")

    async def take_back(self, keys: Collection[Key]) -> None:
        if keys:
            place = tuple_(ActivityRow.member_id, ActivityRow.kind, ActivityRow.item_id)
            await self._session.execute(delete(ActivityRow).where(place.in_(list(keys))))

    async def take_back_items(self, kind: str, item_ids: Collection[str]) -> None:
        mine = (ActivityRow.kind == kind, ActivityRow.item_id.in_(item_ids))
        await self._session.execute(delete(ActivityRow).where(*mine))

    async def page(
        self, member_id: str, clubs: Collection[ClubId], before: tuple[datetime, str, str] | None, limit: int
    ) -> Sequence[ActivityRow]:
        """What somebody in these clubs may see of a member's activity, newest first."""
        place = (ActivityRow.at, ActivityRow.kind, ActivityRow.item_id)
        query = select(ActivityRow).where(
            ActivityRow.member_id == member_id, or_(ActivityRow.club_id.is_(None), ActivityRow.club_id.in_(clubs))
        )
        if before is not None:
            query = query.where(tuple_(*place) < before)
        return (await self._session.scalars(query.order_by(*(c.desc() for c in place)).limit(limit))).all()
