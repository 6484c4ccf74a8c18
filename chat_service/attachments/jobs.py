"""Attachments' background jobs."""

from datetime import timedelta
from typing import Any

from chat_service.attachments import preparing, sweeping
from chat_service.attachments.taking import PREPARE_CLIP
from clubkit.blobs.port import Blobs
from clubkit.jobs.port import Every, Job, JobRun


async def prepare_clip(run: JobRun, *, attachment_id: str, source: str) -> None:
    blobs = run.ports[Blobs]
    await preparing.prepare(run.works, blobs, attachment_id, blobs.scratch() / source)


async def sweep(run: JobRun) -> dict[str, Any]:
    blobs = run.ports[Blobs]
    return {
        "removed": await sweeping.sweep(run.works, blobs),
        "orphans": await sweeping.drop_orphans(run.works, blobs),
    }


JOBS = (
    Job(PREPARE_CLIP, prepare_clip, queue="media", time_limit=timedelta(minutes=15)),
    Job("chat.sweep_attachments", sweep),
)
RECURRING = (Every("chat.sweep_attachments", timedelta(hours=1)),)
