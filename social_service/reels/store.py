"""Reels and likes in SQL, and what is kept of a ranked feed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import ColumnElement, CursorResult, delete, or_, select, tuple_, update

from clubkit.contracts.ranking import Ranked
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RankId
from social_service.clubs.schemas import Viewer
from social_service.reels.models import ReelLikeRow, ReelRow


class RankedReels(Protocol):
    """A member's ranked feed while she pages through it. May be lost at any time: then it is ranked anew."""

    async def keep(self, member_id: MemberId, rank_id: RankId, items: Sequence[Ranked]) -> None: ...

    async def read(self, member_id: MemberId, rank_id: RankId) -> list[Ranked] | None: ...


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Reels that can be watched, public or of her clubs; and her own in any state."""
    ready = ReelRow.state == "ready"
    may = or_(ReelRow.visibility == "public", ReelRow.club_id.in_(viewer.clubs))
    return or_(ready & may, ReelRow.author_id == viewer.member_id)


class ReelStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    def add(self, row: ReelRow) -> None:
        self._session.add(row)

    async def reel(self, reel_id: str, viewer: Viewer, *, lock: bool = False) -> ReelRow | None:
        query = select(ReelRow).where(ReelRow.id == reel_id, visible_to(viewer))
        return await self._session.scalar(query.with_for_update() if lock else query)

    async def reel_ignoring_visibility(self, reel_id: str) -> ReelRow | None:
        return await self._session.get(ReelRow, reel_id, with_for_update=True)

    async def reels(self, reel_ids: Collection[str], viewer: Viewer) -> Sequence[ReelRow]:
        query = select(ReelRow).where(ReelRow.id.in_(reel_ids), visible_to(viewer))
        return (await self._session.scalars(query)).all()

    async def by_upload(self, author_id: MemberId, upload_key: str) -> ReelRow | None:
        query = select(ReelRow).where(ReelRow.author_id == author_id, ReelRow.upload_key == upload_key)
        return await self._session.scalar(query)

    async def newest(
        self, viewer: Viewer, before: tuple[datetime, str] | None, limit: int, *,
        club_id: str | None = None, author_id: str | None = None,
    ) -> Sequence[ReelRow]:  # fmt: skip
        """Reels that can be watched, newest first."""
        query = select(ReelRow).where(visible_to(viewer), ReelRow.state == "ready")
        if club_id is not None:
            query = query.where(ReelRow.club_id == club_id)
        if author_id is not None:
            query = query.where(ReelRow.author_id == author_id)
        return (await self._session.scalars(_page(query, before, limit))).all()

    async def newest_of(
        self, club_ids: Collection[str], before: tuple[datetime, str] | None, limit: int
    ) -> Sequence[ReelRow]:
        query = select(ReelRow).where(ReelRow.club_id.in_(club_ids), ReelRow.state == "ready")
        return (await self._session.scalars(_page(query, before, limit))).all()

    async def durations(self, reel_ids: Collection[str]) -> list[tuple[str, float]]:
        query = select(ReelRow.id, ReelRow.duration_s).where(ReelRow.id.in_(reel_ids))
        return [(row.id, row.duration_s) for row in await self._session.execute(query)]

    async def ready_after(self, reel_id: str, limit: int) -> Sequence[ReelRow]:
        query = select(ReelRow).where(ReelRow.id > reel_id, ReelRow.state == "ready").order_by(ReelRow.id)
        return (await self._session.scalars(query.limit(limit))).all()

    async def remove(self, reel_id: str) -> None:
        await self._session.execute(delete(ReelLikeRow).where(ReelLikeRow.reel_id == reel_id))
        await self._session.execute(delete(ReelRow).where(ReelRow.id == reel_id))

    async def sources(self) -> set[str]:
        """The files in scratch that are still needed."""
        query = select(ReelRow.source).where(ReelRow.source.is_not(None))
        return {source for source in await self._session.scalars(query) if source}


class LikeStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def add(self, reel_id: str, member_id: MemberId, at: datetime) -> bool:
        """False when she liked it before."""
        row = {"reel_id": reel_id, "member_id": member_id, "at": at}
        return bool(await insert_or_ignore(self._session, ReelLikeRow, [row]))

    async def take_back(self, reel_id: str, member_id: MemberId) -> bool:
        """False when there was none."""
        mine = (ReelLikeRow.reel_id == reel_id, ReelLikeRow.member_id == member_id)
        done = cast("CursorResult[Any]", await self._session.execute(delete(ReelLikeRow).where(*mine)))
        return bool(done.rowcount)

    async def count(self, reel_id: str, change: int) -> int:
        """Moves the reel's counter in the transaction of the like itself; answers where it stands."""
        counted = update(ReelRow).where(ReelRow.id == reel_id).values(likes=ReelRow.likes + change)
        return (await self._session.execute(counted.returning(ReelRow.likes))).scalar_one()

    async def liked(self, member_id: MemberId, reel_ids: Collection[str]) -> set[str]:
        query = select(ReelLikeRow.reel_id).where(ReelLikeRow.member_id == member_id, ReelLikeRow.reel_id.in_(reel_ids))
        return set(await self._session.scalars(query))


def _page(query: Any, before: tuple[datetime, str] | None, limit: int) -> Any:
    place = (ReelRow.published_at, ReelRow.id)
    if before is not None:
        query = query.where(tuple_(*place) < before)
    return query.order_by(*(column.desc() for column in place)).limit(limit)
