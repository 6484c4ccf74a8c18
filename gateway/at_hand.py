"""What a command needs of the hub, whether it is running or not: its adapters, and jobs run to their end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from clubkit.db.work import Works
from clubkit.ids import JobId
from clubkit.jobs.running import Dispatcher, JobStatus, job_status, run_job
from clubkit.ports import Ports
from clubkit.settings import Settings
from clubkit.wiring import open_adapters
from gateway.embedded import SERVICES
from gateway.errors import AlreadyRunning, JobFailed
from gateway.migrating import migrate
from gateway.running import only_hub

Watch = Callable[[JobStatus], None]
GLANCE_SECONDS = 0.3


@asynccontextmanager
async def at_hand(settings: Settings) -> AsyncIterator[Ports]:
    """The adapters of every service on an up-to-date database. The search index stays the hub's to write."""
    await migrate(settings)
    ports = Ports()
    async with open_adapters(ports, settings, SERVICES, indexes=False):
        yield ports


def is_running(settings: Settings) -> bool:
    """Whether a hub holds this data directory."""
    try:
        with only_hub(settings, settings.base_url):
            return False
    except AlreadyRunning:
        return True


async def run_to_the_end(settings: Settings, ports: Ports, job: str, watch: Watch) -> JobStatus:
    """Has a running hub's workers do the job, or does it here; `watch` sees it go on. Raises JobFailed."""
    elsewhere = is_running(settings)
    async with ports[Works].open() as work:
        job_id = work.schedule(job)
    here = None if elsewhere else asyncio.create_task(_run_here(ports, job_id))
    try:
        status = await _watched(ports[Works], job_id, watch)
        if here:
            await here
    finally:
        if here and not here.done():
            here.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await here
    if status.state == "failed":
        raise JobFailed(job, status.error or "it did not say why")
    return status


async def _watched(works: Works, job_id: JobId, watch: Watch) -> JobStatus:
    while True:
        status = await job_status(works, job_id)
        if status is None:
            raise JobFailed(job_id, "its row is gone")
        watch(status)
        if status.state in ("done", "failed"):
            return status
        await asyncio.sleep(GLANCE_SECONDS)


async def _run_here(ports: Ports, job_id: JobId) -> None:
    """Claims what is due as a dispatcher would, runs this job, and leaves the others to be claimed again."""
    jobs = {job.name: job for module in SERVICES for job in module.jobs}
    due = asyncio.Event()

    async def send(claimed: str, _queue: str) -> None:
        if claimed == job_id:
            due.set()

    dispatcher = Dispatcher(ports[Works], jobs, (), send)
    while not due.is_set():
        await dispatcher.tick()
        await asyncio.sleep(0)
    while await run_job(job_id, jobs, ports) == "retrying":
        await asyncio.sleep(1)
        await dispatcher.tick()
