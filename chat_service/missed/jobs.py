"""Telling by mail of what was missed, by the minute."""

from datetime import timedelta
from typing import Any

from chat_service.missed import telling
from clubkit.jobs.port import Every, Job, JobRun


async def tell(run: JobRun) -> dict[str, Any]:
    return {"mails": await telling.tell_all(run.works)}


JOBS = (Job("chat.tell_missed", tell),)
RECURRING = (Every("chat.tell_missed", timedelta(minutes=1)),)
