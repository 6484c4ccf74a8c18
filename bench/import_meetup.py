"""Real RSVPs of two cities through the rules, the log, features, search and ranking: events/s and peak memory.

    python -m bench.import_meetup [--data DIR] [--keep]

Reads CLUBHUB_DATA/recsys/meetup-rsvp (default ../shared/data). With --data the imported hub stays there for bench.feed.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from bench.common import ROOT, hub_environment, keep

SOURCE = Path(os.environ.get("CLUBHUB_DATA", ROOT.parent / "shared" / "data")) / "recsys" / "meetup-rsvp"


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", type=Path, help="where the imported hub shall stay")
    asked = made.parse_args()
    if not SOURCE.is_dir():
        sys.exit(f"The data is not there: {SOURCE}. Set CLUBHUB_DATA.")
    data = asked.data or Path(tempfile.mkdtemp(prefix="import-meetup-"))
    try:
        figures = measure(data)
    finally:
        if not asked.data:
            shutil.rmtree(data, ignore_errors=True)
    keep("import_meetup", "two cities through the log into features, search and ranking, in at most 2 GB", figures)


def measure(data: Path) -> dict[str, object]:
    words = [sys.executable, "-m", "gateway.main", "import", "meetup", str(SOURCE), "--data", str(data)]
    started = time.monotonic()
    child = subprocess.Popen(words, cwd=ROOT, env=hub_environment(data), stdout=subprocess.DEVNULL)
    peak = [0.0]
    watch = threading.Thread(target=follow, args=(psutil.Process(child.pid), peak), daemon=True)
    watch.start()
    if child.wait():
        raise RuntimeError("the import failed")
    seconds = time.monotonic() - started
    counts = counted(data / "hub.sqlite3")
    facts = sum(counts["facts"].values())
    return {
        "seconds": round(seconds, 1), "peak_mb": round(peak[0]), "facts_per_second": round(facts / seconds),
        "answers_per_second": round(counts["facts"].get("MemberInteracted.v1", 0) / seconds), **counts,
    }  # fmt: skip


def follow(process: psutil.Process, peak: list[float]) -> None:
    while process.is_running():
        try:
            every = [process, *process.children(recursive=True)]
            peak[0] = max(peak[0], sum(one.memory_info().rss for one in every) / 2**20)
        except psutil.NoSuchProcess:
            return
        time.sleep(0.25)


def counted(database: Path) -> dict[str, dict[str, int]]:
    with sqlite3.connect(database) as connection:
        facts = dict(connection.execute("SELECT type, count(*) FROM kit_outbox GROUP BY type"))
        tables = ("social_people", "social_clubs", "social_events", "social_answers", "feature_staged")
        rows = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    return {"facts": facts, "rows": rows}


if __name__ == "__main__":
    main()
