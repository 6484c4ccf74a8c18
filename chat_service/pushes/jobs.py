"""Telling devices, as jobs: who is due is looked after, and each push leaves by itself."""

from datetime import timedelta
from typing import Any

from chat_service.pushes import delivering, telling
from chat_service.settings import PushRules
from clubkit.ids import MessageId, RoomId
from clubkit.jobs.port import Job, JobRun
from clubkit.outside.fetching import Outside


async def look(run: JobRun) -> dict[str, Any]:
    return {"pushes": await telling.look_after_all(run.works)}


async def push(run: JobRun, *, device: str, room_id: str, message_id: str, seq: int) -> dict[str, Any]:
    """Looked up anew at each try: what was read meanwhile is told no more."""
    async with run.works.reading() as work:
        letter = await delivering.prepare(work, device, RoomId(room_id), MessageId(message_id), seq)
    if letter is None:
        return {"outcome": "quiet"}
    async with Outside(trusted=run.ports[PushRules].trusted) as outside:
        return {"outcome": await delivering.deliver(run.works, outside, letter)}


# Five tries are made within seven minutes; after that the mail tells of it.
JOBS = (Job(telling.LOOK, look), Job(telling.PUSH, push, time_limit=timedelta(minutes=1), attempts=5))
