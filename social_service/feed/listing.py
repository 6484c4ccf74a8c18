"""Posts of one club or one member, newest first."""

from collections.abc import Sequence

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from social_service.clubs import service as clubs
from social_service.clubs.schemas import Viewer
from social_service.feed import service
from social_service.feed.models import Place
from social_service.feed.schemas import PostCard
from social_service.feed.store import PostStore
from social_service.people import service as people


async def by_author(
    work: UnitOfWork, caller: Caller, handle: str, before: Place | None, limit: int
) -> tuple[list[PostCard], Place | None]:
    """What somebody posted, as the caller may see it. Raises PersonNotFound."""
    author = await people.by_handle(work, handle)
    viewer = await clubs.viewer(work, caller.member_id)
    return await _cards(work, viewer, await PostStore(work).of_author(viewer, author.id, before, limit + 1), limit)


async def in_club(
    work: UnitOfWork, caller: Caller, ref: str, before: Place | None, limit: int
) -> tuple[list[PostCard], Place | None]:
    """What was posted in a club, as the caller may see it. Raises ClubNotFound."""
    club = await clubs.resolve(work, ref)
    viewer = await clubs.viewer(work, caller.member_id)
    return await _cards(work, viewer, await PostStore(work).in_club(viewer, club.id, before, limit + 1), limit)


async def _cards(
    work: UnitOfWork, viewer: Viewer, places: Sequence[Place], limit: int
) -> tuple[list[PostCard], Place | None]:
    shown = places[:limit]
    cards = await service.cards(work, viewer, [place.id for place in shown])
    return cards, shown[-1] if len(places) > limit else None
