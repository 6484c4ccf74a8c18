"""Rotation by the clock."""

from datetime import timedelta

from auth_service.tokens.service import SigningKeys
from clubkit.jobs.port import Every, Job, JobRun


async def rotate_keys(run: JobRun) -> None:
    await run.ports[SigningKeys].prepare()


ROTATE_KEYS = Job("auth.rotate_keys", rotate_keys)
JOBS = (ROTATE_KEYS,)
RECURRING = (Every(ROTATE_KEYS.name, timedelta(minutes=15)),)
