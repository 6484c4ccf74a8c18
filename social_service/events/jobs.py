"""Events' background jobs."""

from datetime import timedelta
from typing import Any

from clubkit.jobs.port import Every, Job, JobRun
from social_service.events import upkeep


async def extend_series(run: JobRun) -> dict[str, Any]:
    return {"dates": await upkeep.extend_all(run.works)}


async def send_reminders(run: JobRun) -> dict[str, Any]:
    async with run.works.open() as work:
        return {"due": await upkeep.remind(work)}


async def correct_zones(run: JobRun) -> dict[str, Any]:
    return {"moved": await upkeep.correct_zones(run.works)}


JOBS = (
    Job("social.extend_series", extend_series),
    Job("social.send_reminders", send_reminders),
    Job("social.correct_zones", correct_zones),
)
RECURRING = (
    Every("social.extend_series", timedelta(hours=12)),
    Every("social.send_reminders", timedelta(minutes=1)),
    Every("social.correct_zones", timedelta(days=1)),
)
