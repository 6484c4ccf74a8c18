"""One run of the torture, from an empty world to its verdict."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from tools.torture.app import App, Quota
from tools.torture.auditing import audit
from tools.torture.faults import Faults
from tools.torture.history import Findings
from tools.torture.meter import Meter
from tools.torture.world import World, furnish, world

Show = Callable[[int, str], None]
"""Told each second: how many are acknowledged, and how it goes in a few words."""


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
    store: Literal["sql", "mongo"] = "sql"
    changes: float = 0.15
    """Share of the writes that are edits, reactions and deletions."""
    polling: float = 0.1
    """Share of the apps that speak over HTTP long polling."""
    at_once: int = 64
    """Writes under way, all apps together."""
    minutes: float = 0.0
    """After which no more is begun, as if all had been acknowledged; 0: never."""


@dataclass
class Tally:
    """What a run came to, whatever became of it."""

    plan: Plan
    apps: list[App]
    faults: Faults
    quota: Quota
    findings: Findings
    meter: Meter
    seconds: float = 0.0
    audited: bool = False


async def torture(
    plan: Plan, folder: Path, show: Show = lambda acknowledged, words: None, enough: asyncio.Event | None = None
) -> dict[str, Any]:
    """The verdict: what was done, and what was found that must not be. `findings` is empty when all is well.

    enough: when set, nothing more is begun; what was acknowledged by then is audited. Cancelled, or undone by what it
    does to others, it still answers, and says that it did not come to its end.
    """
    mongo = plan.store == "mongo"
    async with world(folder, embedded=plan.embedded, processes=plan.processes, mongo=mongo) as here:
        apps, quota, findings = await _people(here, plan)
        tally = Tally(plan, apps, Faults(here, random.Random(plan.seed), plan.fault_every), quota, findings, Meter())
        try:
            for part in here.chats:
                here.start(part)
            await asyncio.gather(*(here.ready(part) for part in here.chats))
            tally.meter.begin(_pids(here))
            await _run(here, tally, show, enough or asyncio.Event())
            await audit(here, apps, findings, quota)
            tally.audited = True
        except asyncio.CancelledError:
            findings.add("unfinished", "stopped before its end")
        except Exception as failure:  # noqa: BLE001  whatever it was, it belongs into the verdict
            findings.add("unfinished", repr(failure)[:4000])
        return _verdict(tally)


async def _people(here: World, plan: Plan) -> tuple[list[App], Quota, Findings]:
    where = await furnish(here, members=plan.members, rooms=plan.rooms, each=plan.each)
    findings, quota = Findings(), Quota(plan.messages, at_once=asyncio.Semaphore(plan.at_once))
    apps = [
        App(
            member, here.token(member, f"m{n}"), rooms, here.ports, quota, findings,
            random.Random(f"{plan.seed}-{n}"), plan.drop_every, plan.changes,
            polls=n < round(plan.polling * plan.members),
        )
        for n, (member, rooms) in enumerate(where.items())
    ]  # fmt: skip
    return apps, quota, findings


async def _run(here: World, tally: Tally, show: Show, enough: asyncio.Event) -> None:
    """Until everything asked for is acknowledged, and every app knows all of its rooms."""
    running = [asyncio.create_task(app.run()) for app in tally.apps]
    harming = asyncio.create_task(tally.faults.run())
    began, quota, plan = time.monotonic(), tally.quota, tally.plan
    try:
        while not (_all_know(tally.apps) or harming.done()):
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(harming), 1)
            tally.seconds = time.monotonic() - began
            if enough.is_set() or 0 < plan.minutes * 60 <= tally.seconds:
                quota.left = min(quota.left, 0)
            for app in tally.apps:
                app.quiet = quota.left <= 0
            tally.meter.look(_pids(here))
            show(quota.acked, f"{sum(tally.faults.done.values())} faults, {sum(a.drops for a in tally.apps):,} drops")
    finally:
        harming.cancel()
        for task in running:
            task.cancel()
        ended = await asyncio.gather(harming, *running, return_exceptions=True)
        for failure in ended:
            if isinstance(failure, Exception):
                raise failure


def _all_know(apps: list[App]) -> bool:
    """Whether each has what anybody has of their rooms. Who was cut off at the end has yet to hear how far they go."""
    heads: Counter[str] = Counter()
    for history in (h for app in apps for h in app.histories.values()):
        heads[history.room] = max(heads[history.room], history.seq)
    return all(
        app.is_done and all(h.seq == heads[h.room] and not h.receipts for h in app.histories.values()) for app in apps
    )


def _pids(here: World) -> list[int]:
    chats = [part.process.pid for part in here.chats if part.process]
    return chats + [running.pid for server in here.servers.values() if (running := server.running())]


def _verdict(tally: Tally) -> dict[str, Any]:
    apps, quota = tally.apps, tally.quota
    waits = sorted(wait for app in apps for wait in app.waits)
    refusals = sum((Counter(app.refusals) for app in apps), Counter[str]())
    written = quota.acked + quota.changes.total()
    return {
        "plan": asdict(tally.plan),
        "audited": tally.audited,
        "acknowledged": quota.acked,
        "changes_acknowledged": dict(quota.changes),
        "applied": sum(h.seq for app in apps for h in app.histories.values()),
        "seconds": round(tally.seconds, 1),
        "acknowledged_per_second": round(quota.acked / max(tally.seconds, 0.001), 1),
        "own_cpu_seconds": round(time.process_time(), 1),
        "cpu_ms_per_write_of_processes_and_servers": round(1000 * tally.meter.cpu_seconds / max(written, 1), 2),
        "connects": sum(app.connects for app in apps),
        "drops": sum(app.drops for app in apps),
        "faults": dict(tally.faults.done),
        "slowest_seconds_to_come_back": tally.faults.slowest,
        "refused_and_sent_again": dict(refusals),
        "pushed_twice_and_dropped": sum(h.dropped for app in apps for h in app.histories.values()),
        "ack_p50_ms": round(1000 * waits[len(waits) // 2], 1) if waits else None,
        "ack_p99_ms": round(1000 * waits[len(waits) * 99 // 100], 1) if waits else None,
        "findings": dict(tally.findings.counts),
        "words": tally.findings.words,
    }
