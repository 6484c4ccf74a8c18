"""Uploaded pictures in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId
from social_service.media.models import MediaRow


class MediaStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    def add(self, row: MediaRow) -> None:
        self._session.add(row)

    async def rows(self, ids: Collection[str]) -> Sequence[MediaRow]:
        if not ids:
            return []
        return (await self._session.scalars(select(MediaRow).where(MediaRow.id.in_(ids)))).all()

    async def use(self, owner: MemberId, ids: Collection[str]) -> int:
        """Of the member's own pictures; answers how many there are. None of them is swept from then on."""
        hers = update(MediaRow).where(MediaRow.id.in_(ids), MediaRow.owner_id == owner)
        used = hers.values(used_at=func.coalesce(MediaRow.used_at, self._now)).returning(MediaRow.id)
        return len((await self._session.execute(used)).all())

    async def drop_unused(self, before: datetime, limit: int) -> list[str]:
        """Forgets pictures that were taken before then and are shown nowhere; answers the keys of their files."""
        row = MediaRow
        unused = select(row.id).where(row.used_at.is_(None), row.created_at < before).limit(limit)
        gone = delete(row).where(row.id.in_(unused), row.used_at.is_(None)).returning(row.sizes)
        return [size["key"] for sizes in await self._session.scalars(gone) for size in sizes]
