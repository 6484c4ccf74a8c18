"""The relay: takes facts from where they wait and hands them to the log. At least once, in order per key."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from clubkit.log.pending import Outgoing, PendingFacts, PendingSources
from clubkit.observability.metrics import facts_relayed

log = structlog.get_logger("relay")

BATCH = 1000
IDLE_SECONDS = 0.5
"""A hint that something arrived may get lost; this is how long the fact then waits."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0


class Sender(Protocol):
    async def send(self, facts: Sequence[Outgoing]) -> None:
        """Returns when all of them are safely in the log, in this order per key. Raises LogAway."""
        ...

    async def close(self) -> None: ...


class Relay:
    """Any number may run, in any number of processes: `PendingFacts.claim` keeps them out of each other's way."""

    def __init__(self, sources: PendingSources, sender: Sender, *, batch: int = BATCH) -> None:
        self.sources = sources
        self._sender = sender
        self._batch = batch

    async def run(self) -> None:
        """Runs until cancelled. What cannot be sent now is tried again, ever more slowly."""
        async with asyncio.TaskGroup() as group:
            for source in self.sources:
                group.create_task(self._run_source(source), name=f"relay-{source.name}")

    async def pump(self) -> int:
        """Sends one batch of every source; answers how many facts went."""
        return sum([await self._pump_source(source) for source in self.sources])

    async def _run_source(self, source: PendingFacts) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                sent = await self._pump_source(source)
            except Exception as failure:  # noqa: BLE001  a server that is away, whichever: facts wait where they are
                log.warning("facts wait, for they cannot be sent", source=source.name, error=repr(failure), pause=pause)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
                continue
            pause = FIRST_PAUSE
            if sent < self._batch:
                await source.arrived(IDLE_SECONDS)

    async def _pump_source(self, source: PendingFacts) -> int:
        async with source.claim(self._batch) as facts:
            if facts:
                await self._sender.send(facts)
        facts_relayed.labels(source.name).inc(len(facts))
        return len(facts)
