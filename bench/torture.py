"""The long torture of chat: a million acknowledged messages through drops, kills, wipes and restarts, and a verdict.

    python -m bench.torture --messages 1000000 --seed 1            PostgreSQL, Redis, two chat processes
    python -m bench.torture --messages 200000 --embedded           one process with its own files, no server

Ends with 1 when anything was lost, doubled, turned round or left out. The verdict goes to bench/results/.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench.common import keep
from tools.torture.running import Plan, torture

CLAIM = "0 lost, 0 doubled, 0 reordered, 0 gaps, whatever dies"


def main() -> int:
    plan = _plan()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        verdict = asyncio.run(torture(plan, Path(folder)))
    name = "torture_embedded" if plan.embedded else "torture"
    print(verdict)
    keep(name, CLAIM, verdict)
    return 1 if verdict["findings"] else 0


def _plan() -> Plan:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--messages", type=int, default=1_000_000)
    words.add_argument("--seed", type=int, default=20_261_121)
    words.add_argument("--members", type=int, default=Plan.members)
    words.add_argument("--rooms", type=int, default=Plan.rooms)
    words.add_argument("--processes", type=int, default=Plan.processes)
    words.add_argument("--drop-every", type=float, default=Plan.drop_every, help="seconds")
    words.add_argument("--fault-every", type=float, default=Plan.fault_every, help="seconds")
    words.add_argument("--embedded", action="store_true")
    return Plan(**vars(words.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
