"""The chronological tabs: newest first, in one stable order. Keyset paging: nothing shifts while she reads."""

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from social_service.clubs import service as clubs
from social_service.clubs.schemas import Viewer
from social_service.events import service as events
from social_service.feed.feed_schemas import FeedItem, ItemType, Tab
from social_service.feed.hydrating import Ref, items
from social_service.feed.models import Place
from social_service.feed.store import PostStore
from social_service.people import following
from social_service.reels import service as reels


async def page(
    work: UnitOfWork, caller: Caller, tab: Tab, before: Place | None, limit: int
) -> tuple[list[FeedItem], Place | None]:
    """Posts, newly planned events and new reels of Following or My clubs, and where the next page begins."""
    viewer = await clubs.viewer(work, caller.member_id)
    key = (before.at, before.id) if before else None
    placed: list[tuple[ItemType, Place]] = [
        *(("post", place) for place in await _posts(work, viewer, tab, before, limit + 1)),
        *(("event", Place(at, i)) for at, i in await events.recent_ids(work, viewer.clubs, key, limit + 1)),
        *(("reel", Place(at, i)) for at, i in await reels.recent_ids(work, viewer.clubs, key, limit + 1)),
    ]
    placed.sort(key=lambda each: (each[1].at, each[1].id), reverse=True)
    shown = placed[:limit]
    refs = [Ref(kind=kind, id=place.id, at=place.at) for kind, place in shown]
    return await items(work, viewer, refs), shown[-1][1] if len(placed) > limit else None


async def _posts(work: UnitOfWork, viewer: Viewer, tab: Tab, before: Place | None, limit: int) -> list[Place]:
    store = PostStore(work)
    if tab == "clubs":
        return await store.of_clubs(viewer.clubs, before, limit)
    followed = await following.followed_by(work, viewer.member_id)
    return await store.of_people(viewer, {viewer.member_id, *followed}, before, limit)
