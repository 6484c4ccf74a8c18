"""A hub as a stranger starts it: `hub up --demo` in a process of its own, on a free port and an empty folder."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE_S = 480
"""For seeding and starting on a busy machine; it takes a twentieth of that on a quiet one."""
STOPPING_S = 60


@dataclass(frozen=True)
class RunningHub:
    """Where it answers, and the file with all it said."""

    url: str
    words: Path

    def said(self) -> str:
        return self.words.read_text(errors="replace")


@contextmanager
def running_hub(folder: Path, web_dist: Path) -> Iterator[RunningHub]:
    """The hub with its demo world, until the block ends. Raises AssertionError with its words when it does not come."""
    data, words = folder / "data", folder / "hub.log"
    with words.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "gateway.main", "up", "--demo", "--data", str(data), "--workers", "2"],
            stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **_environment(web_dist)},
        )  # fmt: skip
    try:
        yield RunningHub(_address(process, data, words), words)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOPPING_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(web_dist: Path) -> dict[str, str]:
    return {
        "HUB_PORT": "0",
        "HUB_WEB_DIST": str(web_dist),
        # All members here sign in from one address.
        "HUB_AUTH_LIMIT_FACTOR": "100",
        # Reasons are looked for here, and the machine may be busy; how fast they come is measured by the benches.
        "HUB_SOCIAL_RANK_BUDGET_MS": "5000",
        "NO_COLOR": "1",
        "COLUMNS": "160",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _address(process: subprocess.Popen[bytes], data: Path, words: Path) -> str:
    """Its address, once it is ready to serve."""
    give_up = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up:
        assert process.poll() is None, f"The hub ended before it was ready. It said:\n{words.read_text()}"
        if (url := _written(data)) and _is_ready(url):
            return url
        time.sleep(0.2)
    raise AssertionError(f"The hub was not ready after {PATIENCE_S} s. It said:\n{words.read_text()}")


def _written(data: Path) -> str | None:
    try:
        return str(json.loads((data / "hub.lock").read_text())["url"])
    except (OSError, ValueError, KeyError):
        return None


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
