"""Making the index of messages anew, as a job."""

from typing import Any

from chat_service.searching import rebuilding
from clubkit.contracts.chat import MessageIndexAsked
from clubkit.jobs.port import Job, JobRun
from clubkit.search.errors import SearchOwnedElsewhere


async def reindex(run: JobRun) -> dict[str, Any]:
    """Rebuilds here, or asks the process that owns the index to."""
    await run.progress(0.0, "reading the messages")
    try:
        return {"documents": await rebuilding.rebuild(run.works)}
    except SearchOwnedElsewhere:
        async with run.works.open() as work:
            work.publish(MessageIndexAsked(index="messages", at=work.now))
        return {"handed_on": True}


REINDEX = Job("chat.reindex", reindex)
