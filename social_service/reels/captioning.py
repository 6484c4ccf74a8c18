"""Captions of a reel: a file beside the video, replaced as a whole."""

import asyncio

from clubkit.blobs.port import Blobs
from clubkit.db.work import Works
from clubkit.identity import Caller
from clubkit.ids import ReelId, new_id
from social_service.reels import changing, vtt
from social_service.reels.schemas import CaptionsOut

LARGEST = 64 * 1024


async def put_captions(works: Works, blobs: Blobs, caller: Caller, reel_id: ReelId, data: bytes) -> CaptionsOut:
    """Raises ReelNotFound, NotYourReel, BadCaptions, StorageFull."""
    async with works.open() as work:
        duration = (await changing.own(work, caller, reel_id)).duration_s
    cues = vtt.parse(data, duration_s=duration)
    draft = blobs.scratch() / f"{new_id()}.vtt.part"
    try:
        await asyncio.to_thread(draft.write_text, vtt.write(cues), "utf-8")
        key = await blobs.put(draft, kind="captions", suffix=".vtt")
    finally:
        draft.unlink(missing_ok=True)
    try:
        await _set(works, blobs, caller, reel_id, key)
    except BaseException:
        await blobs.delete(key)
        raise
    return CaptionsOut(captions_url=blobs.url(key), cues=len(cues))


async def remove_captions(works: Works, blobs: Blobs, caller: Caller, reel_id: ReelId) -> None:
    """Raises ReelNotFound, NotYourReel."""
    await _set(works, blobs, caller, reel_id, None)


async def _set(works: Works, blobs: Blobs, caller: Caller, reel_id: ReelId, key: str | None) -> None:
    async with works.open() as work:
        row = await changing.own(work, caller, reel_id)
        old, row.captions_key = row.captions_key, key
        if old:
            work.after_commit(lambda: blobs.delete(old))
