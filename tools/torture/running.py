"""One run of the torture, from an empty world to its verdict."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools.torture.app import App, Quota
from tools.torture.faults import Faults
from tools.torture.history import Findings, History
from tools.torture.world import World, furnish, world


@dataclass(frozen=True)
class Plan:
    seed: int
    messages: int
    """To be acknowledged, all apps together."""
    members: int = 200
    rooms: int = 100
    each: int = 2
    """Rooms of each member."""
    processes: int = 2
    drop_every: float = 6.0
    """Seconds between two drops of one app, on average."""
    fault_every: float = 8.0
    embedded: bool = False


async def torture(plan: Plan, folder: Path, say: Any = print) -> dict[str, Any]:
    """The verdict: what was done, and what was found that must not be. `findings` is empty when all is well."""
    async with world(folder, embedded=plan.embedded, processes=plan.processes) as here:
        where = await furnish(here, members=plan.members, rooms=plan.rooms, each=plan.each)
        for part in here.chats:
            here.start(part)
        await asyncio.gather(*(here.ready(part) for part in here.chats))
        findings, quota = Findings(), Quota(plan.messages)
        apps = [
            App(
                member, here.token(member, f"m{n}"), rooms, here.ports, quota, findings,
                random.Random(f"{plan.seed}-{n}"), plan.drop_every,
            )
            for n, (member, rooms) in enumerate(where.items())
        ]  # fmt: skip
        faults = Faults(here, random.Random(plan.seed), plan.fault_every)
        seconds = await _run(apps, faults, quota, say)
        await _audit(here, apps, findings, quota)
        return _verdict(plan, apps, faults, quota, findings, seconds)


async def _run(apps: list[App], faults: Faults, quota: Quota, say: Any) -> float:
    """Until everything asked for is acknowledged, and every app knows all of its rooms. Answers the first's seconds."""
    running = [asyncio.create_task(app.run()) for app in apps]
    harming = asyncio.create_task(faults.run())
    began, last = time.monotonic(), 0
    try:
        while any(not app.is_done for app in apps) and not harming.done():
            await asyncio.sleep(1)
            if quota.left <= 0:
                for app in apps:
                    app.quiet = True
            if (now := int(time.monotonic() - began)) >= last + 10:
                last = now
                say(f"{now} s: {quota.acked:,} acknowledged, {sum(faults.done.values())} faults")
        return time.monotonic() - began
    finally:
        harming.cancel()
        for task in running:
            task.cancel()
        ended = await asyncio.gather(harming, *running, return_exceptions=True)
        for failure in ended:
            if isinstance(failure, Exception):
                raise failure


async def _audit(here: World, apps: list[App], findings: Findings, quota: Quota) -> None:
    """Who was there for none of it reads every room from its beginning; then all must have seen the same."""
    for part in here.chats:
        if not part.is_ready():
            here.kill(part)
            here.start(part)
        await here.ready(part)
    ends = await _read_anew(here, apps, findings)
    acked: dict[str, dict[str, int]] = {}
    for app in apps:
        for room, history in app.histories.items():
            acked.setdefault(room, {})[app.member] = history.acked
    for history in (history for app in apps for history in app.histories.values()):
        history.closed(acked[history.room])
        end = ends[history.room]
        if (history.seq, history.counts) != (end.seq, end.counts):
            findings.add("differs", f"{history.me} has {history.room} up to {history.seq}, the store to {end.seq}")
    if (stored := sum(history.nth for history in ends.values())) != quota.acked:
        findings.add("stored", f"{stored} messages are stored, {quota.acked} were acknowledged")


async def _read_anew(here: World, apps: list[App], findings: Findings) -> dict[str, History]:
    ends: dict[str, History] = {}
    for app in apps:
        if unread := [room for room in app.rooms if room not in ends]:
            reader = App(
                app.member, app.token, unread, here.ports, Quota(0), findings, random.Random(0), 1e9, quiet=True
            )
            for history in reader.histories.values():
                history.me = "nobody"
            await _read_all(reader)
            ends |= reader.histories
    return ends


async def _read_all(reader: App) -> None:
    """Until it has been told how far its rooms go, and has read them so far."""
    running = asyncio.create_task(reader.run())
    try:
        async with asyncio.timeout(600):
            while not (reader.looks and reader.is_done):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _verdict(
    plan: Plan, apps: list[App], faults: Faults, quota: Quota, findings: Findings, seconds: float
) -> dict[str, Any]:
    waits = sorted(wait for app in apps for wait in app.waits)
    refusals = Counter[str]()
    for app in apps:
        refusals.update(app.refusals)
    return {
        "plan": asdict(plan),
        "acknowledged": quota.acked,
        "applied": sum(h.seq for app in apps for h in app.histories.values()),
        "seconds": round(seconds, 1),
        "acknowledged_per_second": round(quota.acked / seconds, 1),
        "own_cpu_seconds": round(time.process_time(), 1),
        "connects": sum(app.connects for app in apps),
        "drops": sum(app.drops for app in apps),
        "faults": dict(faults.done),
        "refused_and_sent_again": dict(refusals),
        "pushed_twice_and_dropped": sum(h.dropped for app in apps for h in app.histories.values()),
        "ack_p50_ms": round(1000 * waits[len(waits) // 2], 1) if waits else None,
        "ack_p99_ms": round(1000 * waits[len(waits) * 99 // 100], 1) if waits else None,
        "findings": dict(findings.counts),
        "words": findings.words,
    }
