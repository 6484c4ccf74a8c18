"""The index follows the log: people, clubs, events, posts and reels. One process, the one that writes it, runs this."""

from collections.abc import Sequence

from clubkit.contracts.social import (
    ClubChanged,
    ClubClosed,
    EventCancelled,
    EventScheduled,
    PostPublished,
    PostRemoved,
    ProfileChanged,
    ReelPublished,
    ReelRemoved,
    SearchRebuildAsked,
)
from clubkit.db.work import UnitOfWork, Works
from clubkit.log.consumer import Consumer
from social_service.search import rebuilding
from social_service.search.documents import of_club, of_person, of_post, of_reel
from social_service.search.indexing import put, put_series

consumer = Consumer("social_service.search", max_batch=500, effects_outside=True, linger=0.3)

LAST_VERSION = 2**53
"""Above every version: what was closed for good never comes back."""


@consumer.on_batch(ProfileChanged)
async def index_people(work: UnitOfWork, people: Sequence[ProfileChanged]) -> None:
    await put(work, [of_person(person) for person in people])


@consumer.on_batch(ClubChanged)
async def index_clubs(work: UnitOfWork, clubs: Sequence[ClubChanged]) -> None:
    newest = {club.club_id: club for club in clubs}
    await put(work, [of_club(club) for club in newest.values()])


@consumer.on(ClubClosed)
async def forget_club(work: UnitOfWork, club: ClubClosed) -> None:
    await put(work, (), [("club", club.club_id, LAST_VERSION)])


@consumer.on_batch(PostPublished)
async def index_posts(work: UnitOfWork, posts: Sequence[PostPublished]) -> None:
    await put(work, [of_post(post) for post in posts])


@consumer.on_batch(PostRemoved)
async def forget_posts(work: UnitOfWork, posts: Sequence[PostRemoved]) -> None:
    await put(work, (), [("post", post.post_id, post.version) for post in posts])


@consumer.on_batch(EventScheduled, EventCancelled)
async def index_events(work: UnitOfWork, events: Sequence[EventScheduled | EventCancelled]) -> None:
    await put_series(work, list(dict.fromkeys(event.series_id for event in events)))


@consumer.on_batch(ReelPublished)
async def index_reels(work: UnitOfWork, reels: Sequence[ReelPublished]) -> None:
    await put(work, [of_reel(reel) for reel in reels])


@consumer.on_batch(ReelRemoved)
async def forget_reels(work: UnitOfWork, reels: Sequence[ReelRemoved]) -> None:
    await put(work, (), [("reel", reel.reel_id, reel.version) for reel in reels])


@consumer.on(SearchRebuildAsked)
async def rebuild(work: UnitOfWork, _asked: SearchRebuildAsked) -> None:
    """After the commit, so that nobody waits for the database meanwhile."""
    works = work.port(Works)

    async def make_anew() -> None:
        await rebuilding.rebuild(works)

    work.after_commit(make_anew)
