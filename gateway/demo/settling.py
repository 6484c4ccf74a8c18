"""Letting the log take effect: by reading it ourselves, or by waiting for the hub that runs."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Protocol

from clubkit.db.database import Database
from clubkit.db.work import Works
from clubkit.errors import Unavailable
from clubkit.log.consumer import Consumer
from clubkit.log.port import EventLog, LogReader
from clubkit.log.retrying import take_due
from clubkit.log.running import take_next
from clubkit.ports import Ports

PATIENCE_SECONDS = 90.0
"""How long a running hub may take over the next fact before we say that it does not read."""


class Settling(Protocol):
    async def __call__(self, at: datetime) -> None:
        """Returns once every consumer has read all there is. `at`: what their clock shows, where we can choose."""
        ...


class ReadingOurselves:
    """No hub runs: its consumers do their work here, with their clock where the story stands. Made by `reading`."""

    def __init__(self, ports: Ports, readers: Sequence[tuple[Consumer, LogReader]]) -> None:
        self._ports = ports
        self._readers = readers

    async def __call__(self, at: datetime) -> None:
        works = Works(self._ports[Database], self._ports, clock=lambda: at)
        while any([await _drain(consumer, reader, works) for consumer, reader in self._readers]):
            pass


@asynccontextmanager
async def reading(ports: Ports, consumers: Sequence[Consumer]) -> AsyncIterator[ReadingOurselves]:
    async with AsyncExitStack() as stack:
        log = ports[EventLog]
        yield ReadingOurselves(
            ports, [(c, await stack.enter_async_context(log.reader(c.group, c.topics))) for c in consumers]
        )


async def _drain(consumer: Consumer, reader: LogReader, works: Works) -> bool:
    taken = 0
    while now := await take_next(consumer, reader, works) or await take_due(consumer, works, hurry=True):
        taken += now
    return taken > 0


class WaitingForTheHub:
    """A hub runs and reads the log itself."""

    def __init__(self, ports: Ports, consumers: Sequence[Consumer]) -> None:
        self._log = ports[EventLog]
        self._consumers = consumers

    async def __call__(self, at: datetime) -> None:
        """Raises Unavailable when the hub stopped reading."""
        least, patience = await self._left(), PATIENCE_SECONDS
        while least:
            await asyncio.sleep(0.25)
            now = await self._left()
            patience = PATIENCE_SECONDS if now < least else patience - 0.25
            if patience <= 0:
                raise Unavailable("The hub does not read its log. Start it, and seed again: nothing is lost.")
            least = min(least, now)

    async def _left(self) -> int:
        return sum([await self._log.lag(consumer.group, consumer.topics) for consumer in self._consumers])
