"""Reels' background jobs."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from clubkit.blobs.port import Blobs
from clubkit.ids import ReelId
from clubkit.jobs.port import Every, Job, JobRun
from social_service.reels import preparing
from social_service.reels.store import ReelStore
from social_service.reels.taking import TRANSCODE

FORGOTTEN = timedelta(hours=24)


async def transcode(run: JobRun, *, reel_id: str, source: str) -> None:
    blobs = run.ports[Blobs]
    await preparing.prepare(run.works, blobs, ReelId(reel_id), blobs.scratch() / source, run.progress)


async def sweep(run: JobRun) -> dict[str, Any]:
    """Removes what crashes left in scratch: files a day old that no reel waits for."""
    async with run.works.reading() as work:
        needed = await ReelStore(work).sources()
    scratch = run.ports[Blobs].scratch()
    stems = {Path(name).stem for name in needed}
    removed = 0
    for file in scratch.iterdir():
        old = time.time() - file.stat().st_mtime > FORGOTTEN.total_seconds()
        if old and file.name.lstrip(".").partition(".")[0] not in stems:
            file.unlink(missing_ok=True)
            removed += 1
    return {"removed": removed}


JOBS = (
    Job(TRANSCODE, transcode, queue="media", time_limit=timedelta(minutes=15), attempts=preparing.ATTEMPTS),
    Job("social.sweep_scratch", sweep),
)
RECURRING = (Every("social.sweep_scratch", timedelta(hours=6)),)
