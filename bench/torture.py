"""The long torture of chat: a million acknowledged messages through drops, kills, wipes and restarts, and a verdict.

    python -m bench.torture --messages 1000000 --seed 1            PostgreSQL, Redis, two chat processes
    python -m bench.torture --messages 200000 --embedded           one process with its own files, no server
    python -m bench.torture --messages 200000 --store mongo        messages in a server that speaks MongoDB's protocol

Ends with 1 when anything was lost, doubled, turned round or left out. Interrupted (SIGINT or SIGTERM), or after
`--minutes`, it begins nothing more and audits what was acknowledged; interrupted twice, it says how far it came.
The verdict goes to bench/results/ either way.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bench.common import keep
from tools.torture.running import Plan, torture

CLAIM = "0 lost, 0 doubled, 0 reordered, 0 gaps, whatever dies"
LOOK_SECONDS = 10.0
"""Between two lines where nobody watches a terminal."""


def main() -> int:
    plan, name = _asked()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        verdict = asyncio.run(_tortured(plan, Path(folder)))
    kind = "_embedded" if plan.embedded else "_mongo" if plan.store == "mongo" else ""
    keep(name or f"torture{kind}", CLAIM, verdict)
    return 1 if verdict["findings"] else 0


async def _tortured(plan: Plan, folder: Path) -> dict[str, Any]:
    enough, task = asyncio.Event(), asyncio.current_task()

    def stop() -> None:
        if enough.is_set() and task is not None:
            task.cancel()
        enough.set()

    for how in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(how, stop)
    with _progress() as progress:
        return await torture(plan, folder, _shown(progress, plan.messages), enough)


def _progress() -> Progress:
    return Progress(
        BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]:.0f}/s, {task.description}"),
        TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True),
    )  # fmt: skip


def _shown(progress: Progress, messages: int) -> Callable[[int, str], None]:
    bar = progress.add_task("starting", total=messages, rate=0.0)
    before, acknowledged_before = time.monotonic(), 0

    def show(acknowledged: int, words: str) -> None:
        nonlocal before, acknowledged_before
        now = time.monotonic()
        progress.update(bar, completed=acknowledged, description=words)
        if now - before < LOOK_SECONDS:
            return
        rate = (acknowledged - acknowledged_before) / (now - before)
        before, acknowledged_before = now, acknowledged
        progress.update(bar, rate=rate)
        if not progress.console.is_terminal:
            progress.console.print(f"{acknowledged:,} acknowledged, {rate:.0f}/s, {words}")

    return show


def _asked() -> tuple[Plan, str]:
    """What to do, and how the result is called where it is not the usual name."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--messages", type=int, default=1_000_000)
    words.add_argument("--seed", type=int, default=20_261_121)
    words.add_argument("--members", type=int, default=Plan.members)
    words.add_argument("--rooms", type=int, default=Plan.rooms)
    words.add_argument("--processes", type=int, default=Plan.processes)
    words.add_argument("--drop-every", type=float, default=Plan.drop_every, help="seconds")
    words.add_argument("--fault-every", type=float, default=Plan.fault_every, help="seconds")
    words.add_argument("--embedded", action="store_true")
    words.add_argument("--store", choices=("sql", "mongo"), default=Plan.store, help="of messages")
    words.add_argument("--changes", type=float, default=Plan.changes, help="share of edits, reactions and deletions")
    words.add_argument("--polling", type=float, default=Plan.polling, help="share of apps on HTTP long polling")
    words.add_argument("--at-once", type=int, default=Plan.at_once, help="writes under way, all apps together")
    words.add_argument("--minutes", type=float, default=Plan.minutes, help="stop after that long, and audit")
    words.add_argument("--result", default="", help="its name in bench/results/, where it is not the usual one")
    asked = vars(words.parse_args())
    name = asked.pop("result")
    return Plan(**asked), name


if __name__ == "__main__":
    sys.exit(main())
