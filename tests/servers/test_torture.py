"""Chat under torture, bounded: apps that drop every few seconds while processes and servers die, and nothing is lost.

The long run is `python -m bench.torture`.
"""

from pathlib import Path
from typing import Any

import pytest

from tools.torture.running import Plan, torture

pytestmark = [pytest.mark.servers, pytest.mark.alone, pytest.mark.timeout(600)]
SEED = 20_261_121


def happy(verdict: dict[str, Any], plan: Plan) -> None:
    assert verdict["findings"] == {}, verdict["words"]
    assert verdict["acknowledged"] == plan.messages
    assert verdict["drops"] > plan.members


async def test_nothing_is_lost_doubled_or_reordered_whatever_dies(tmp_path: Path, servers: Any) -> None:
    for needed in (servers.postgres, servers.redis):
        needed()  # skips where this machine cannot run one; the torture has its own, to kill
    plan = Plan(SEED, messages=3000, members=40, rooms=20, drop_every=3, fault_every=3)
    verdict = await torture(plan, tmp_path)
    happy(verdict, plan)
    assert len(verdict["faults"]) >= 3


async def test_nothing_is_lost_doubled_or_reordered_in_one_process_with_its_own_files(tmp_path: Path) -> None:
    plan = Plan(SEED, messages=3000, members=30, rooms=15, drop_every=3, fault_every=2, embedded=True)
    verdict = await torture(plan, tmp_path)
    happy(verdict, plan)
    assert verdict["faults"]["kill_a_process"] >= 1
