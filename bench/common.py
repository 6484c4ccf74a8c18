"""What every bench shares: where it ran, how figures are summed up, where they are kept, and a hub to measure."""

import asyncio
import json
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"


def machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "load": os.getloadavg()[0], "python": platform.python_version()}


def commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """p50, p99 and the most of `values`, in their own unit."""
    ordered = sorted(values)
    at = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]  # noqa: E731
    return {"p50": round(at(0.50), 2), "p99": round(at(0.99), 2), "max": round(ordered[-1], 2), "n": len(ordered)}


def keep(name: str, claim: str, figures: dict[str, Any]) -> None:
    """Prints the figures and writes them to bench/results/NAME.json."""
    report = {
        "claim": claim, "date": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit(),
        "machine": machine(), **figures,
    }  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hub_environment(data: Path, **more: str) -> dict[str, str]:
    """For `hub` as a child process: its own data directory and roomy limits for many sign-ins from one address."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process compiles every module anew
    return os.environ | {"HUB_DATA_DIR": str(data), "HUB_AUTH_LIMIT_FACTOR": "1000"} | more


@asynccontextmanager
async def running_hub(
    data: Path, *, demo: bool = False, **more: str
) -> AsyncIterator[tuple[str, psutil.Process, float]]:
    """`hub up` on a free port; answers (URL, its process, seconds until it was ready)."""
    port = free_port()
    words = ["up", "--port", str(port), "--data", str(data), *(["--demo"] if demo else [])]
    started = time.monotonic()
    log = (data / "hub.log").open("wb")
    command = [sys.executable, "-m", "gateway.main", *words]
    environment = hub_environment(data, **more)
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: ASYNC220  at once
    url = f"http://127.0.0.1:{port}"
    try:
        await ready(url, child)
        yield url, psutil.Process(child.pid), time.monotonic() - started
    finally:
        child.terminate()
        child.wait(30)
        log.close()


async def ready(url: str, child: subprocess.Popen[bytes], patience: float = 300) -> None:
    async with httpx.AsyncClient() as http:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if child.poll() is not None:
                raise RuntimeError("the hub ended before it was ready; see hub.log in its data directory")
            try:
                if (await http.get(f"{url}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.02)
    raise RuntimeError("the hub was not ready in time")


async def at_rest(process: psutil.Process, patience: float = 120) -> None:
    """Waits until a hub has done what it does after its start: three seconds with less than a tenth of a core."""
    quiet, until = 0, time.monotonic() + patience
    while quiet < 3 and time.monotonic() < until:
        before = _spent(process)
        await asyncio.sleep(1)
        quiet = quiet + 1 if _spent(process) - before < 0.1 else 0


def _spent(process: psutil.Process) -> float:
    """Seconds of processor time of a process and all below it."""
    return sum(cpu_seconds(one) for one in [process, *process.children(recursive=True)])


def cpu_seconds(process: psutil.Process) -> float:
    """Seconds of processor time of a process alone, without those below it."""
    return float(sum(process.cpu_times()[:2]))


def memory_mb(process: psutil.Process) -> dict[str, float]:
    """PSS of a process and all below it (shared pages counted once), by what they are; in MB."""
    found: dict[str, float] = {}
    for one in [process, *process.children(recursive=True)]:
        words = " ".join(one.cmdline())
        name = "valkey" if "valkey" in words else "worker" if " work" in words else "hub"
        found[name] = round(found.get(name, 0.0) + one.memory_full_info().pss / 2**20, 1)
    return found | {"all": round(sum(found.values()), 1)}
