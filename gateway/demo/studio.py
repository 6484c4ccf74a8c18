"""Pictures and reels of the demo world: drawn beside the telling, taken in by the rules of every upload."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from clubkit.blobs.port import Blobs
from clubkit.errors import Unavailable
from clubkit.ids import ReelId, new_id
from gateway.demo.art import paint, paint_cover
from gateway.demo.art_canvas import Size
from gateway.demo.art_reels import render_reel
from gateway.demo.clubs import CLUBS
from gateway.demo.reels import CLIPS, Clip
from gateway.demo.script_feed import pictures
from gateway.demo.script_reels import published
from gateway.demo.stage import Chronicle, Stage
from social_service.media import service as media
from social_service.reels import preparing, taking
from social_service.reels import service as reels
from social_service.reels.schemas import NewReel
from social_service.reels.store import ReelStore

Told = Callable[[int], None]
PATIENCE_SECONDS = 300.0


@dataclass(frozen=True)
class Sizes:
    """Pixels, and how many of the reels; tests take less of both."""

    picture: Size = (1200, 750)
    cover: Size = (1400, 455)
    reel: Size = (720, 1280)
    clips: int = len(CLIPS)


FULL_SIZE = Sizes()


@dataclass(frozen=True)
class Studio:
    """`pool` draws. `works_apart`: a running hub's worker prepares the reels, so we only wait for it."""

    stage: Stage
    chronicle: Chronicle
    pool: Executor
    sizes: Sizes
    works_apart: bool

    async def paint_all(self, told: Told) -> None:
        """Every picture of posts and clubs; names of their ids go to the stage."""
        begun, sizes = self.stage.begun, self.sizes
        of_clubs = [
            partial(
                self._picture, f"picture:cover:{club.key}", partial(paint_cover, club.cover, 1, club.hue, sizes.cover),
                club.owner, club.cover_alt, begun - timedelta(days=200),
            )
            for club in CLUBS
        ]  # fmt: skip
        of_posts = [
            partial(
                self._picture, name, partial(paint, shot.scene, shot.seed, hue, sizes.picture), who, shot.alt,
                begun - timedelta(days=40),
            )
            for name, shot, who, hue in pictures()
        ]  # fmt: skip
        jobs = [*of_clubs, *of_posts]
        await _all(jobs, told, at_once=3)

    async def film_all(self, told: Told) -> None:
        """Every reel, from drawing to the log."""
        await _all([partial(self._reel, clip) for clip in CLIPS[: self.sizes.clips]], told, at_once=3)

    async def _picture(self, name: str, draw: Callable[[], object], who: str, alt: str, at: datetime) -> None:
        if name in self.chronicle:
            return
        blobs, works = self.stage.ports[Blobs], self.stage.works_at(at)
        file = blobs.scratch() / f"{new_id()}.jpg"
        try:
            await self._draw(partial(save_picture, draw, file))
            made = await media.take(works, blobs, self.stage.cast[who], file, alt)
        finally:
            file.unlink(missing_ok=True)
        async with works.open() as work:
            await self.chronicle.note(work, name, things={name: made.id})
        self.stage.things[name] = made.id

    async def _reel(self, clip: Clip) -> None:
        name = f"reel:{clip.key}"
        if name in self.chronicle:
            return
        works = self.stage.works_at(published(self.stage.when, clip))
        reel_id = await self._take(clip)
        if self.works_apart:
            await self._until_ready(clip, reel_id)
        else:
            async with works.reading() as work:
                row = await ReelStore(work).reel_ignoring_visibility(reel_id)
            if row is not None and row.source:
                blobs = self.stage.ports[Blobs]
                await preparing.prepare(works, blobs, reel_id, blobs.scratch() / row.source, _nobody_listens)
        async with works.open() as work:
            await self.chronicle.note(work, name, things={name: reel_id})
        self.stage.things[name] = reel_id

    async def _take(self, clip: Clip) -> ReelId:
        blobs, caller, key = self.stage.ports[Blobs], self.stage.cast[clip.author], f"demo:{clip.key}"
        works = self.stage.works_at(published(self.stage.when, clip) - timedelta(minutes=1))
        if earlier := await taking.taken_before(works, caller, key):
            return earlier.reel.id
        file = blobs.scratch() / f"{new_id()}.mp4"
        hue = next(club.hue for club in CLUBS if club.key == clip.club)
        try:
            await self._draw(partial(render_reel, clip.scene, 1, hue, file, clip.seconds, size=self.sizes.reel))
            wish = NewReel(club_id=self.stage.club(clip.club), caption=clip.caption, visibility=clip.visibility)
            return (await taking.take(works, blobs, caller, file, wish, key)).reel.id
        finally:
            file.unlink(missing_ok=True)

    async def _until_ready(self, clip: Clip, reel_id: ReelId) -> None:
        """Raises Unavailable when the hub's worker does not come to it."""
        works, member_id = self.stage.works_at(self.stage.begun), self.stage.cast[clip.author].member_id
        for _ in range(round(PATIENCE_SECONDS)):
            async with works.reading() as work:
                if (await reels.page(work, member_id, reel_id)).state in {"ready", "failed"}:
                    return
            await asyncio.sleep(1)
        raise Unavailable("The hub's worker does not prepare reels. Start it, and seed again: nothing is lost.")

    async def _draw(self, draw: Callable[[], object]) -> None:
        await asyncio.get_running_loop().run_in_executor(self.pool, draw)


def save_picture(draw: Callable[[], object], file: Path) -> None:
    """Runs in the pool: draws, and writes what a camera would."""
    draw().save(file, "JPEG", quality=92)  # type: ignore[attr-defined]


async def _all(jobs: Sequence[Callable[[], Awaitable[None]]], told: Told, *, at_once: int) -> None:
    gate = asyncio.Semaphore(at_once)

    async def one(job: Callable[[], Awaitable[None]]) -> None:
        async with gate:
            await job()
        told(1)

    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(one(job))


async def _nobody_listens(_done: float, _stage: str) -> None:
    """The seed has a progress bar of its own."""
