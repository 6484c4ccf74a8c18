"""The index made anew from the truth, beside the old one, which answers until the new one is whole."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from clubkit.db.work import UnitOfWork, Works
from clubkit.search.errors import RebuildRunning
from clubkit.search.port import Document, SearchIndex
from social_service.clubs import service as clubs
from social_service.events import service as events
from social_service.feed import service as feed
from social_service.people import service as people
from social_service.reels import service as reels
from social_service.search.documents import of_club, of_person, of_post, of_reel, of_series
from social_service.search.schemas import IndexState
from social_service.search.store import RebuildProgress, SeriesVersions

log = structlog.get_logger("search")

BATCH = 500

T = TypeVar("T")
ReadMore = Callable[[UnitOfWork, str, int], Awaitable[Sequence[T]]]
"""What stands behind an id, by id, at most so many."""


async def rebuild(works: Works) -> int:
    """Answers the number of documents; 0 when somebody is at it already. Raises SearchOwnedElsewhere.

    If it fails, the old index stays.
    """
    index, progress = works.ports[SearchIndex], works.ports[RebuildProgress]
    try:
        count = await index.rebuild(documents(works, progress))
    except RebuildRunning:
        return 0
    finally:
        await progress.end()
    log.info("search index rebuilt", documents=count)
    return count


async def state(work: UnitOfWork) -> IndexState:
    """Whether the index is whole, and how far a running rebuild has come."""
    running = await work.port(RebuildProgress).read()
    done, stage = running or (0, "")
    return IndexState(
        needs_rebuild=work.port(SearchIndex).needs_rebuild, rebuilding=running is not None, documents=done, stage=stage
    )


async def documents(works: Works, progress: RebuildProgress) -> AsyncIterator[Document]:
    """Everything that can be found, read in short transactions so that nobody waits for it."""
    done = 0
    for stage, batches in (
        ("people", _people(works)), ("clubs", _clubs(works)), ("posts", _posts(works)), ("events", _events(works)),
        ("reels", _reels(works)),
    ):  # fmt: skip
        async for batch in batches:
            for document in batch:
                yield document
            done += len(batch)
            await progress.tell(done, stage)


async def _people(works: Works) -> AsyncIterator[list[Document]]:
    async for profiles in _batches(works, people.all_after, lambda person: person.member_id):
        yield [of_person(person) for person in profiles]


async def _clubs(works: Works) -> AsyncIterator[list[Document]]:
    async for found in _batches(works, clubs.all_after, lambda club: club.club_id):
        yield [of_club(club) for club in found]


async def _posts(works: Works) -> AsyncIterator[list[Document]]:
    async for posts in _batches(works, feed.all_after, lambda post: post.post_id):
        yield [of_post(post) for post in posts]


async def _reels(works: Works) -> AsyncIterator[list[Document]]:
    async for found in _batches(works, reels.all_after, lambda reel: reel.reel_id):
        yield [of_reel(reel) for reel in found]


async def _events(works: Works) -> AsyncIterator[list[Document]]:
    async def heads(work: UnitOfWork, series_id: str, limit: int) -> list[tuple[str, Document | None]]:
        series_ids = await events.series_ids_after(work, series_id, limit)
        found = await events.series_heads(work, series_ids)
        versions = await SeriesVersions(work).of(series_ids)
        return [(each, of_series(found[each], versions.get(each, 0)) if each in found else None) for each in series_ids]

    async for batch in _batches(works, heads, lambda pair: pair[0]):
        yield [document for _, document in batch if document is not None]


async def _batches(works: Works, read: ReadMore[T], id_of: Callable[[T], str]) -> AsyncIterator[Sequence[T]]:
    last = ""
    while True:
        async with works.reading() as work:
            batch = await read(work, last, BATCH)
        if not batch:
            return
        yield batch
        last = id_of(batch[-1])
