"""Taking a reel in: judged before it is queued, so that a refusal comes at once and leaves nothing behind."""

import asyncio
from pathlib import Path

from clubkit.blobs.port import Blobs
from clubkit.db.work import Works
from clubkit.identity import Caller
from clubkit.ids import JobId, ReelId, new_id
from clubkit.media import clips
from clubkit.media.clips import Probe
from social_service.clubs import service as clubs
from social_service.people import service as people
from social_service.reels import service
from social_service.reels.models import ReelRow
from social_service.reels.schemas import NewReel, ReelAccepted
from social_service.reels.store import ReelStore

TRANSCODE = "social.transcode"


async def taken_before(works: Works, caller: Caller, upload_key: str | None) -> ReelAccepted | None:
    """The reel that an upload under this key became already."""
    if upload_key is None:
        return None
    async with works.reading() as work:
        row = await ReelStore(work).by_upload(caller.member_id, upload_key)
        if row is None:
            return None
        return ReelAccepted(reel=await service.page(work, caller.member_id, ReelId(row.id)), job_id=JobId(row.job_id))


async def take(
    works: Works, blobs: Blobs, caller: Caller, upload: Path, wish: NewReel, upload_key: str | None
) -> ReelAccepted:
    """Keeps an uploaded clip and has it prepared. No transaction is open while the clip is looked at.

    Raises ClubNotFound, NotAllowedInClub, NotAVideo, TooLong, VideoTooLarge, Truncated, BrokenVideo.
    """
    async with works.reading() as work:
        club = await clubs.require(work, wish.club_id, caller.member_id, "publish_reels")
    clip = await asyncio.to_thread(clips.probe, upload)
    source = blobs.scratch() / f"{new_id()}.reel"
    await asyncio.to_thread(upload.rename, source)
    try:
        async with works.open() as work:
            # Once more: she may have left the club while the clip was looked at.
            await clubs.require(work, club.id, caller.member_id, "publish_reels")
            await people.ensure(work, caller)
            reel_id = ReelId(new_id(work.now))
            job_id = work.schedule(TRANSCODE, reel_id=reel_id, source=source.name)
            row = _row(reel_id, caller, club.id, wish, clip)
            row.source, row.job_id, row.upload_key, row.created_at = source.name, job_id, upload_key, work.now
            ReelStore(work).add(row)
            await work.session.flush()
            return ReelAccepted(reel=await service.page(work, caller.member_id, reel_id), job_id=job_id)
    except BaseException:
        await asyncio.to_thread(source.unlink, missing_ok=True)
        raise


def _row(reel_id: ReelId, caller: Caller, club_id: str, wish: NewReel, clip: Probe) -> ReelRow:
    return ReelRow(
        id=reel_id, author_id=caller.member_id, club_id=club_id, caption=wish.caption, visibility=wish.visibility,
        state="waiting", progress=0.0, stage="Waiting for a free worker", failure=None, attempts=0, video_key=None,
        poster_key=None, captions_key=None, colour=None, tiny=None, width=clip.width, height=clip.height,
        duration_s=clip.duration, likes=0, version=1, published_at=None,
    )  # fmt: skip
