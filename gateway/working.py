"""`hub work`: takes job ids from the broker and runs the jobs, each process with adapters of its own."""

import asyncio
import warnings
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from datetime import timedelta
from typing import Any

from celery.platforms import SecurityWarning
from celery.signals import worker_process_init, worker_process_shutdown

from clubkit.jobs.celery_app import TASK, make_celery
from clubkit.jobs.port import Job
from clubkit.jobs.running import run_job
from clubkit.module import Module
from clubkit.observability.tracing import traced
from clubkit.ports import Ports
from clubkit.settings import Settings
from clubkit.wiring import embedded_valkey, open_adapters
from gateway.entrance import Say
from gateway.worker_health import health_beside

LARGEST_PROCESS_KB = 450_000
"""A process that grew beyond this (training does) is replaced after its job."""
GRACE = timedelta(seconds=10)


class Workplace:
    """What one worker process needs: an event loop that lasts, and the adapters opened on it."""

    def __init__(self, settings: Settings, modules: Sequence[Module]) -> None:
        self.jobs: dict[str, Job] = {job.name: job for module in modules for job in module.jobs}
        self._settings = settings
        self._modules = modules
        self._ports = Ports()
        self._stack = AsyncExitStack()
        self._held = ExitStack()
        self._runner: asyncio.Runner | None = None

    def enter(self, **_: Any) -> asyncio.Runner:
        """Called in each process after the fork: nothing that is open may cross it."""
        self._held.enter_context(traced(self._settings, "worker"))  # first: the runner keeps the context it is made in
        self._runner = asyncio.Runner()
        adapters = open_adapters(self._ports, self._settings, self._modules, indexes=False)
        self._runner.run(self._stack.enter_async_context(adapters))
        return self._runner

    def leave(self, **_: Any) -> None:
        if self._runner is not None:
            self._runner.run(self._stack.aclose())
            self._runner.close()
            self._held.close()
            self._runner = None

    def run(self, job_id: str) -> str:
        """Runs one job to its end; answers its state."""
        runner = self._runner or self.enter()
        return runner.run(run_job(job_id, self.jobs, self._ports))


def make_worker(settings: Settings, modules: Sequence[Module], redis_url: str, *, processes: int = 2) -> Any:
    """A Celery worker for every queue of these modules; `start()` runs it until SIGTERM."""
    place = Workplace(settings, modules)
    app = make_celery(redis_url)
    longest = max((job.time_limit for job in place.jobs.values()), default=timedelta(minutes=10))
    app.conf.update(task_time_limit=(longest + GRACE).total_seconds(), worker_max_memory_per_child=LARGEST_PROCESS_KB)
    app.task(place.run, name=TASK)
    worker_process_init.connect(place.enter, weak=False)
    worker_process_shutdown.connect(place.leave, weak=False)
    queues = sorted({"default", *(job.queue for job in place.jobs.values())})
    return app.Worker(
        pool="prefork", concurrency=processes, queues=queues, optimization="fair", loglevel="WARNING", quiet=True,
        without_gossip=True, without_mingle=True, without_heartbeat=True,
    )  # fmt: skip


def run_worker(settings: Settings, modules: Sequence[Module], *, processes: int = 2, say: Say = print) -> int:
    """Runs until SIGTERM; answers the exit code. Holds a share in the embedded Valkey meanwhile."""
    warnings.simplefilter("ignore", SecurityWarning)  # as root in a container is how many run it
    valkey = embedded_valkey(settings)
    url = valkey.url if valkey else settings.redis_url
    try:
        with health_beside(settings, modules, say):
            worker = make_worker(settings, modules, url, processes=processes)
            worker.start()
            return int(worker.exitcode or 0)
    finally:
        if valkey:
            valkey.close()
