"""Versions of series in SQL, and where a rebuild tells how far it is."""

from collections.abc import Collection
from typing import Protocol

from sqlalchemy import select, update

from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from social_service.search.models import SeriesVersionRow


class SeriesVersions:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def raise_all(self, series_ids: Collection[str]) -> dict[str, int]:
        """Counts each up by one; answers the new versions."""
        fresh = [{"series_id": series_id, "version": 0} for series_id in series_ids]
        await insert_or_ignore(self._session, SeriesVersionRow, fresh)
        row = SeriesVersionRow
        change = update(row).where(row.series_id.in_(series_ids)).values(version=row.version + 1)
        raised = await self._session.execute(change.returning(row.series_id, row.version))
        return {each.series_id: each.version for each in raised}

    async def of(self, series_ids: Collection[str]) -> dict[str, int]:
        row = SeriesVersionRow
        query = select(row.series_id, row.version).where(row.series_id.in_(series_ids))
        return {each.series_id: each.version for each in await self._session.execute(query)}


class RebuildProgress(Protocol):
    """How far a running rebuild is, for any process to read."""

    async def tell(self, documents: int, stage: str) -> None: ...

    async def read(self) -> tuple[int, str] | None:
        """(documents, stage) of the rebuild that runs, None when none does."""
        ...

    async def end(self) -> None: ...
