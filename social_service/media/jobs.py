"""Media's background jobs."""

from datetime import timedelta
from typing import Any

from clubkit.blobs.port import Blobs
from clubkit.jobs.port import Every, Job, JobRun
from social_service.media import service


async def sweep(run: JobRun) -> dict[str, Any]:
    return {"files": await service.sweep(run.works, run.ports[Blobs])}


JOBS = (Job("social.sweep_pictures", sweep),)
RECURRING = (Every("social.sweep_pictures", timedelta(hours=6)),)
