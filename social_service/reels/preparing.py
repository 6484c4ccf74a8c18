"""Preparing a reel in a worker: 720p, a poster, its colour; told to its author as it goes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from clubkit.blobs.port import Blobs
from clubkit.db.work import UnitOfWork, Works
from clubkit.errors import Outcome
from clubkit.ids import MemberId, ReelId
from clubkit.media import clips
from clubkit.media.clips import Poster, Rendered
from clubkit.realtime.wire import Wire, member_channel
from social_service.people import service as people
from social_service.reels import service
from social_service.reels.models import ReelRow
from social_service.reels.schemas import ReelProgress
from social_service.reels.store import ReelStore

log = structlog.get_logger("reels")

ATTEMPTS = 3
TICK_SECONDS = 0.5
GAVE_UP = "This clip could not be prepared. Please try another one, or try again later."
Report = Callable[[float, str], Awaitable[None]]


@dataclass(frozen=True)
class Prepared:
    """What became of a clip: keys of its files and what was measured."""

    video_key: str
    poster_key: str
    rendered: Rendered
    poster: Poster


async def prepare(works: Works, blobs: Blobs, reel_id: ReelId, source: Path, report: Report) -> None:
    """Turns the uploaded clip into a reel, or says why not. Begun again after a crash, it starts over.

    A refusal is final and kept with the reel; any other failure is raised, to be tried again a few times.
    """
    if not await _begin(works, reel_id, source):
        return
    try:
        made = await _make(works, blobs, reel_id, source, report)
    except Outcome as refused:
        await _give_up(works, reel_id, source, refused.detail)
    except Exception:
        log.exception("a reel could not be prepared", reel_id=reel_id)
        await _give_up(works, reel_id, source, GAVE_UP, after=ATTEMPTS)
        raise
    else:
        await _publish(works, blobs, reel_id, source, made)


async def _begin(works: Works, reel_id: ReelId, source: Path) -> bool:
    """False when there is nothing (more) to do."""
    async with works.open() as work:
        row = await ReelStore(work).reel_ignoring_visibility(reel_id)
        if row is None:  # removed between two attempts
            work.after_commit(lambda: asyncio.to_thread(source.unlink, missing_ok=True))
            return False
        if row.state not in {"waiting", "preparing"}:
            return False
        row.state, row.attempts = "preparing", row.attempts + 1
        row.stage = "Preparing the video"
        tell(work, row)
        return True


async def _make(works: Works, blobs: Blobs, reel_id: ReelId, source: Path, report: Report) -> Prepared:
    video, still = source.with_suffix(".mp4"), source.with_suffix(".webp")
    try:
        async with _told(works, reel_id, report) as told:
            rendered = await asyncio.to_thread(clips.transcode, source, video, progress=told)
        poster = await asyncio.to_thread(clips.poster, video)
        await asyncio.to_thread(still.write_bytes, poster.data)
        video_key = await blobs.put(video, kind="reel", suffix=".mp4")
        try:
            poster_key = await blobs.put(still, kind="poster", suffix=".webp")
        except BaseException:
            await blobs.delete(video_key)
            raise
        return Prepared(video_key, poster_key, rendered, poster)
    finally:
        for left in (video, still):
            await asyncio.to_thread(left.unlink, missing_ok=True)


@asynccontextmanager
async def _told(works: Works, reel_id: ReelId, report: Report) -> AsyncIterator[clips.Progress]:
    """A callback for the working thread; what it was told last is passed on twice a second."""
    done = 0.0

    def note(share: float) -> None:
        nonlocal done
        done = share

    async def pass_on() -> None:
        passed = 0.0
        while True:
            await asyncio.sleep(TICK_SECONDS)
            if done != passed:
                passed = done
                await _show(works, reel_id, passed)
                await report(passed, "Preparing the video")

    ticking = asyncio.create_task(pass_on())
    try:
        yield note
    finally:
        ticking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ticking


async def _show(works: Works, reel_id: ReelId, done: float) -> None:
    async with works.open() as work:
        row = await ReelStore(work).reel_ignoring_visibility(reel_id)
        if row is not None and row.state == "preparing":
            row.progress = max(0.0, min(1.0, done))
            tell(work, row)


async def _publish(works: Works, blobs: Blobs, reel_id: ReelId, source: Path, made: Prepared) -> None:
    async with works.open() as work:
        row = await ReelStore(work).reel_ignoring_visibility(reel_id)
        if row is None:  # removed by its author meanwhile
            work.after_commit(lambda: _drop(blobs, source, made.video_key, made.poster_key))
            return
        row.video_key, row.poster_key = made.video_key, made.poster_key
        row.width, row.height, row.duration_s = made.rendered.width, made.rendered.height, made.rendered.duration
        row.colour, row.tiny = made.poster.colour, made.poster.tiny
        row.state, row.progress, row.stage, row.source = "ready", 1.0, "", None
        row.published_at = work.now
        names = await people.briefs(work, [row.author_id])
        work.publish(service.published(work, row, names[MemberId(row.author_id)].name))
        tell(work, row)
        work.after_commit(lambda: _drop(blobs, source))


async def _give_up(works: Works, reel_id: ReelId, source: Path, why: str, *, after: int = 0) -> None:
    """Ends it with a sentence, once it was tried `after` times."""
    async with works.open() as work:
        row = await ReelStore(work).reel_ignoring_visibility(reel_id)
        if row is not None and row.attempts < after:
            return
        if row is not None:
            row.state, row.failure, row.stage, row.source = "failed", why, "", None
            tell(work, row)
    await asyncio.to_thread(source.unlink, missing_ok=True)


async def _drop(blobs: Blobs, source: Path, *keys: str) -> None:
    await asyncio.to_thread(source.unlink, missing_ok=True)
    for key in keys:
        await blobs.delete(key)


def tell(work: UnitOfWork, row: ReelRow) -> None:
    """Tells the author's open apps how far it is."""
    wire = work.port(Wire)
    progress = ReelProgress(
        reel_id=ReelId(row.id), state=row.state, progress=row.progress, stage=row.stage, failure=row.failure
    )  # fmt: skip
    channel = member_channel(MemberId(row.author_id))
    work.after_commit(lambda: wire.emit("reel.progress", progress, to=channel))
