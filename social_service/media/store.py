"""Uploaded pictures in SQL."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from clubkit.db.work import UnitOfWork
from social_service.media.models import MediaRow


class MediaStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    def add(self, row: MediaRow) -> None:
        self._session.add(row)

    async def rows(self, ids: Collection[str]) -> Sequence[MediaRow]:
        if not ids:
            return []
        return (await self._session.scalars(select(MediaRow).where(MediaRow.id.in_(ids)))).all()
