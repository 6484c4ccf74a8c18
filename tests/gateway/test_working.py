"""Jobs from the table to a real worker process and back."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psutil
import pytest

from clubkit.db.database import Database
from clubkit.db.migrating import branches
from clubkit.db.work import Works
from clubkit.ids import JobId
from clubkit.jobs.running import JobStatus, job_status
from clubkit.serving import Application, Roles
from clubkit.settings import Settings
from tests.gateway.a_worker import MODULE

pytestmark = pytest.mark.timeout(300)
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Application]:
    """The half of a hub that plans jobs."""
    settings = Settings.load(environment="test", data_dir=tmp_path / "data", sqlite_synchronous="normal")
    database = Database(settings.sql_url)
    async with database.engine.begin() as connection:
        for branch in branches([MODULE]):
            await connection.run_sync(branch.metadata.create_all)
    await database.close()
    app = Application(settings, [MODULE], Roles(consumes=False, dispatches=True))
    async with app.open():
        yield app


@pytest.fixture
def worker(hub: Application) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "HUB_DATA_DIR": str(hub.settings.data_dir), "HUB_ENVIRONMENT": "test"}
    process = subprocess.Popen([sys.executable, "-m", "tests.gateway.a_worker"], cwd=ROOT, env=environment)
    yield process
    if process.poll() is None:
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
        process.kill()
    process.wait()


async def plan(hub: Application, job: str, mark: Path) -> JobId:
    async with hub.ports[Works].open() as work:
        return work.schedule(job, mark=str(mark))


async def ended(hub: Application, job_id: JobId) -> JobStatus:
    give_up = time.monotonic() + 100
    while True:
        status = await job_status(hub.ports[Works], job_id)
        assert status
        if status.state in ("done", "failed"):
            return status
        assert time.monotonic() < give_up, status
        await asyncio.sleep(0.05)


async def test_a_planned_job_is_done_by_the_worker_and_says_so(
    hub: Application, worker: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    status = await ended(hub, await plan(hub, "marks.leave", tmp_path / "mark"))
    assert (status.state, status.progress, status.stage) == ("done", 1.0, "half way")
    assert (tmp_path / "mark").read_text() == "here\n"
    again = await ended(hub, await plan(hub, "marks.leave", tmp_path / "mark"))
    assert again.state == "done"


async def test_sigterm_ends_the_worker_cleanly(
    hub: Application, worker: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    await ended(hub, await plan(hub, "marks.leave", tmp_path / "mark"))
    processes = [worker.pid, *(child.pid for child in psutil.Process(worker.pid).children(recursive=True))]
    worker.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(worker.wait, 100) == 0
    assert not any(psutil.pid_exists(pid) for pid in processes)
