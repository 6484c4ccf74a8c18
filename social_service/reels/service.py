"""What other domains ask of reels, and the cards all lists are made of."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from clubkit.blobs.port import Blobs
from clubkit.contracts.social import ReelPublished
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, ReelId
from social_service.clubs import service as clubs
from social_service.clubs.schemas import ClubBrief, Viewer
from social_service.people import service as people
from social_service.reels.errors import ReelNotFound
from social_service.reels.models import ReelRow
from social_service.reels.schemas import ReelCard, ReelOut
from social_service.reels.store import LikeStore, ReelStore

UNKNOWN_CLUB = "A club"


async def cards(work: UnitOfWork, viewer: Viewer, reel_ids: Collection[ReelId]) -> list[ReelCard]:
    """The reels of these ids that the viewer may see, in the order asked. Four queries, however many."""
    found = {row.id: row for row in await ReelStore(work).reels(set(reel_ids), viewer)} if reel_ids else {}
    return await cards_of(work, viewer, [found[each] for each in reel_ids if each in found])


async def recent_ids(
    work: UnitOfWork, club_ids: Collection[ClubId], before: tuple[datetime, str] | None, limit: int
) -> list[tuple[datetime, ReelId]]:
    """Newly published reels of these clubs behind `before` = (published at, id), newest first."""
    rows = await ReelStore(work).newest_of(club_ids, before, limit)
    return [(row.published_at, ReelId(row.id)) for row in rows if row.published_at]


async def durations(work: UnitOfWork, reel_ids: Collection[ReelId]) -> dict[ReelId, float]:
    """Seconds each reel runs; ids nobody knows are absent. One query."""
    return {ReelId(reel_id): seconds for reel_id, seconds in await ReelStore(work).durations(reel_ids)}


async def all_after(work: UnitOfWork, reel_id: str, limit: int) -> list[ReelPublished]:
    """Every reel that can be watched as it now stands, by id: for rebuilding what follows from them."""
    rows = await ReelStore(work).ready_after(reel_id, limit)
    names = await people.briefs(work, {row.author_id for row in rows})
    return [published(work, row, names[MemberId(row.author_id)].name) for row in rows]


async def page(work: UnitOfWork, member_id: MemberId, reel_id: ReelId) -> ReelOut:
    """Raises ReelNotFound."""
    viewer = await clubs.viewer(work, member_id)
    row = await ReelStore(work).reel(reel_id, viewer)
    if row is None:
        raise ReelNotFound
    card = (await cards_of(work, viewer, [row]))[0]
    return ReelOut(
        **dict(card), progress=row.progress, stage=row.stage, failure=row.failure,
        may_remove=row.author_id == member_id or viewer.may(row.club_id, "moderate"),
    )  # fmt: skip


async def newest(
    work: UnitOfWork, member_id: MemberId, *, club: str | None, author: str | None, before: Any, limit: int
) -> tuple[list[ReelCard], tuple[datetime, str] | None]:
    """Newest first, and the key of the last when more follow. Raises ClubNotFound, PersonNotFound."""
    viewer = await clubs.viewer(work, member_id)
    club_id = (await clubs.resolve(work, club)).id if club else None
    author_id = (await people.by_handle(work, author)).id if author else None
    rows = await ReelStore(work).newest(viewer, before, limit + 1, club_id=club_id, author_id=author_id)
    more, rows = len(rows) > limit, rows[:limit]
    return await cards_of(work, viewer, rows), place_of(rows[-1]) if more else None


async def cards_of(work: UnitOfWork, viewer: Viewer, rows: Sequence[ReelRow]) -> list[ReelCard]:
    """Cards of rows the viewer was found to see; three queries."""
    if not rows:
        return []
    liked = await LikeStore(work).liked(viewer.member_id, [row.id for row in rows])
    of_club = await clubs.briefs(work, [row.club_id for row in rows])
    names = await people.briefs(work, {row.author_id for row in rows})
    blobs = work.port(Blobs)
    return [
        ReelCard(
            id=ReelId(row.id), club=of_club.get(ClubId(row.club_id)) or _closed(row),
            author=names[MemberId(row.author_id)], caption=row.caption, state=row.state,
            video_url=_url(blobs, row.video_key), poster_url=_url(blobs, row.poster_key),
            captions_url=_url(blobs, row.captions_key), colour=row.colour, tiny=row.tiny, width=row.width,
            height=row.height, duration_s=row.duration_s, likes=row.likes, liked=row.id in liked,
            mine=row.author_id == viewer.member_id, visibility=row.visibility,
            created_at=row.published_at or row.created_at, version=row.version,
        )
        for row in rows
    ]  # fmt: skip


def published(work: UnitOfWork, row: ReelRow, author_name: str) -> ReelPublished:
    """The reel as it now stands, for the log."""
    blobs = work.port(Blobs)
    return ReelPublished(
        reel_id=ReelId(row.id), club_id=ClubId(row.club_id), author_id=MemberId(row.author_id),
        author_name=author_name, caption=row.caption, duration_s=row.duration_s,
        poster_url=_url(blobs, row.poster_key) or "", visibility=row.visibility,
        created_at=row.published_at or row.created_at, version=row.version, at=work.now,
    )  # fmt: skip


def place_of(row: ReelRow) -> tuple[datetime, str]:
    """Where a reel stands in a list, newest first."""
    return row.published_at or row.created_at, row.id


def _url(blobs: Blobs, key: str | None) -> str | None:
    return blobs.url(key) if key else None


def _closed(row: ReelRow) -> ClubBrief:
    return ClubBrief(id=ClubId(row.club_id), slug="", name=UNKNOWN_CLUB, hue=210)
