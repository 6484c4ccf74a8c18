"""A module with jobs, and a worker for it: run by test_working.py in a process of its own."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from clubkit.db.types import tables
from clubkit.jobs.port import Job, JobRun
from clubkit.module import Module
from clubkit.settings import Settings
from gateway.working import run_worker


async def leave_a_mark(run: JobRun, *, mark: str) -> dict[str, Any]:
    await run.progress(0.5, "half way")
    with Path(mark).open("a") as file:
        file.write("here\n")
    return {"pid_is_a_childs": True}


async def take_long(run: JobRun, *, mark: str) -> None:
    with Path(mark).open("a") as file:
        file.write("began\n")
    await asyncio.sleep(600)


MODULE = Module(
    name="marks",
    metadata=tables(),
    migrations=Path(__file__).parent,
    jobs=[
        Job("marks.leave", leave_a_mark),
        Job("marks.leave_slowly", take_long, queue="slow", time_limit=timedelta(seconds=1), attempts=1),
    ],
)

if __name__ == "__main__":
    sys.exit(run_worker(Settings.load(), [MODULE], processes=1))
