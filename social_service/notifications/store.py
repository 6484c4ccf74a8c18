"""Notifications in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId
from social_service.notifications.models import NotificationRow

_CHUNK = 400


class NotificationStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def open_rows(self, member_ids: Sequence[MemberId], keys: Collection[str]) -> Sequence[NotificationRow]:
        """Unread notifications of these members in these groups."""
        found: list[NotificationRow] = []
        for start in range(0, len(member_ids), _CHUNK):
            some = member_ids[start : start + _CHUNK]
            query = select(NotificationRow).where(
                NotificationRow.member_id.in_(some), NotificationRow.open_key.in_(keys)
            )
            found += (await self._session.scalars(query)).all()
        return found

    async def add_many(self, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            await self._session.execute(insert(NotificationRow), list(rows))

    async def page(
        self, member_id: MemberId, key: tuple[datetime, str] | None, limit: int, *, unread_only: bool
    ) -> Sequence[NotificationRow]:
        row = NotificationRow
        query = select(row).where(row.member_id == member_id)
        if unread_only:
            query = query.where(row.read_at.is_(None))
        if key is not None:
            query = query.where(or_(row.at < key[0], (row.at == key[0]) & (row.id < key[1])))
        return (await self._session.scalars(query.order_by(row.at.desc(), row.id.desc()).limit(limit))).all()

    async def unread(self, member_ids: Collection[MemberId]) -> dict[MemberId, int]:
        row = NotificationRow
        query = (
            select(row.member_id, func.count())
            .where(row.member_id.in_(member_ids), row.read_at.is_(None))
            .group_by(row.member_id)
        )
        counted = {MemberId(member_id): count for member_id, count in await self._session.execute(query)}
        return {member_id: counted.get(member_id, 0) for member_id in member_ids}

    async def unseen(self, member_id: MemberId) -> int:
        row = NotificationRow
        query = select(func.count()).where(row.member_id == member_id, row.seen_at.is_(None))
        return await self._session.scalar(query) or 0

    async def mark_seen(self, member_id: MemberId) -> None:
        row = NotificationRow
        mine = (row.member_id == member_id, row.seen_at.is_(None))
        await self._session.execute(update(row).where(*mine).values(seen_at=self._now))

    async def mark_read(self, member_id: MemberId, notification_id: str | None = None) -> int:
        """One, or all. A read one is closed to more of its group. Answers how many were unread."""
        row = NotificationRow
        mine = [row.member_id == member_id, row.read_at.is_(None)]
        if notification_id is not None:
            mine.append(row.id == notification_id)
        values = {"read_at": self._now, "seen_at": func.coalesce(row.seen_at, self._now), "open_key": None}
        changed = await self._session.execute(update(row).where(*mine).values(**values).returning(row.id))
        return len(changed.all())

    async def exists(self, member_id: MemberId, notification_id: str) -> bool:
        query = select(NotificationRow.id).where(
            NotificationRow.id == notification_id, NotificationRow.member_id == member_id
        )
        return await self._session.scalar(query) is not None
