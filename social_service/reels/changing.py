"""Changing and removing reels."""

from clubkit.blobs.port import Blobs
from clubkit.contracts.social import ReelRemoved
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ReelId
from social_service.clubs import service as clubs
from social_service.people import service as people
from social_service.reels import service
from social_service.reels.errors import NotYourReel, ReelNotFound
from social_service.reels.models import ReelRow
from social_service.reels.store import ReelStore


async def recaption(work: UnitOfWork, caller: Caller, reel_id: ReelId, caption: str) -> None:
    """Raises ReelNotFound, NotYourReel."""
    row = await own(work, caller, reel_id)
    if row.caption == caption:
        return
    row.caption = caption
    if row.state == "ready":
        row.version += 1
        author = await people.ensure(work, caller)
        work.publish(service.published(work, row, author.name))


async def remove(work: UnitOfWork, caller: Caller, reel_id: ReelId) -> None:
    """Takes a reel away with its files: by its author, or by those who run the club.

    Raises ReelNotFound, NotYourReel.
    """
    viewer = await clubs.viewer(work, caller.member_id)
    row = await ReelStore(work).reel(reel_id, viewer, lock=True)
    if row is None:
        raise ReelNotFound
    if row.author_id != caller.member_id and not viewer.may(row.club_id, "moderate"):
        raise NotYourReel
    if row.state == "ready":
        work.publish(ReelRemoved(reel_id=reel_id, version=row.version + 1, at=work.now))
    files = [key for key in (row.video_key, row.poster_key, row.captions_key) if key]
    source = row.source if row.state == "waiting" else None  # a worker that has begun clears up by itself
    await ReelStore(work).remove(reel_id)
    blobs = work.port(Blobs)

    async def clear() -> None:
        for key in files:
            await blobs.delete(key)
        if source:
            (blobs.scratch() / source).unlink(missing_ok=True)

    work.after_commit(clear)


async def own(work: UnitOfWork, caller: Caller, reel_id: ReelId) -> ReelRow:
    """The caller's own reel, locked. Raises ReelNotFound, NotYourReel."""
    row = await ReelStore(work).reel(reel_id, await clubs.viewer(work, caller.member_id), lock=True)
    if row is None:
        raise ReelNotFound
    if row.author_id != caller.member_id:
        raise NotYourReel
    return row
