"""A fresh clone to its first page by `make run`: seconds, split; then memory of the idle hub.

    python -m bench.cold_start [--keep]

Clones this commit into an empty folder and runs the one command of the README there. Packages come from the usual
caches and registries, so the install figure says as much about the network as about us; boot is ours alone.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil

from bench.common import ROOT, free_port, keep, memory_mb, running_hub

IDLE_SECONDS = 20
PATIENCE = 600


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--keep", action="store_true", help="leave the clone behind")
    asked = made.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cold-start-"))
    try:
        figures = measure(folder)
    finally:
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
    keep("cold_start", "boot of a seeded hub in at most 5 s; the idle hub, all processes, in at most 600 MB", figures)


def measure(folder: Path) -> dict[str, object]:
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    seconds = {
        "install": timed(["make", "setup"], clone),
        "build": timed(["make", "web"], clone),
    }
    port = free_port()
    seconds["migrate, seed and boot"] = first_page(clone, port)
    boots = [asyncio.run(boot(clone / "data")) for _ in range(3)]
    seconds["boot alone (median of 3)"] = round(sorted(seconds for seconds, _ in boots)[1], 2)
    return {"seconds": seconds, "idle_pss_mb": boots[-1][1], "whole": round(sum(list(seconds.values())[:3]), 1)}


def timed(words: list[str], where: Path) -> float:
    started = time.monotonic()
    subprocess.run(words, cwd=where, check=True, stdout=subprocess.DEVNULL)
    return round(time.monotonic() - started, 1)


def first_page(clone: Path, port: int) -> float:
    started = time.monotonic()
    log = (clone / "run.log").open("wb")
    words = ["make", "run", f"ARGS=--port {port}"]
    child = subprocess.Popen(words, cwd=clone, stdout=log, stderr=log, start_new_session=True)
    try:
        while True:
            if child.poll() is not None:
                raise RuntimeError(f"make run ended early; see {clone}/run.log")
            try:
                if httpx.get(f"http://127.0.0.1:{port}/").status_code == 200:
                    return round(time.monotonic() - started, 1)
            except httpx.TransportError:
                time.sleep(0.05)
    finally:
        os.killpg(child.pid, signal.SIGINT)
        child.wait(60)
        log.close()


async def boot(data: Path) -> tuple[float, dict[str, float]]:
    """Seconds until ready; memory once the jobs that fell due are done and it was idle for a while."""
    async with running_hub(data) as (_url, process, seconds):
        until = time.monotonic() + PATIENCE
        while jobs_under_way(data) and time.monotonic() < until:  # noqa: ASYNC110  rows have no event to wait for
            await asyncio.sleep(1)
        await asyncio.sleep(IDLE_SECONDS)
        return seconds, memory_mb(psutil.Process(process.pid))


def jobs_under_way(data: Path) -> int:
    with closing(sqlite3.connect(data / "hub.sqlite3")) as connection:
        query = "SELECT count(*) FROM kit_jobs WHERE state IN ('sent', 'running') OR (state = 'due' AND due_at <= ?)"
        found: int = connection.execute(query, [str(datetime.now(UTC).replace(tzinfo=None))]).fetchone()[0]
    return found


if __name__ == "__main__":
    main()
