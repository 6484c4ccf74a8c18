"""Making the index anew, as a job."""

from typing import Any

from clubkit.contracts.social import SearchRebuildAsked
from clubkit.jobs.port import Job, JobRun
from clubkit.search.errors import SearchOwnedElsewhere
from social_service.search import rebuilding


async def reindex(run: JobRun) -> dict[str, Any]:
    """Rebuilds here, or asks the process that owns the index to."""
    await run.progress(0.0, "reading the truth")
    try:
        return {"documents": await rebuilding.rebuild(run.works)}
    except SearchOwnedElsewhere:
        async with run.works.open() as work:
            work.publish(SearchRebuildAsked(index="social", at=work.now))
        return {"handed_on": True}


REINDEX = Job("social.reindex", reindex)
