"""Once an hour: what rooms have kept long enough goes."""

from datetime import timedelta
from typing import Any

from chat_service.retention import keeping
from clubkit.jobs.port import Every, Job, JobRun


async def expire(run: JobRun) -> dict[str, Any]:
    return {"messages": await keeping.expire_all(run.works)}


JOBS = (Job("chat.expire_messages", expire, time_limit=timedelta(minutes=30)),)
RECURRING = (Every("chat.expire_messages", timedelta(hours=1)),)
