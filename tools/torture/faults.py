"""What is done to a world, by seed: one fault after another, each healed before the next."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from tools.torture.world import World

Fault = Callable[[], Awaitable[None]]


class Faults:
    """`done` counts them by name."""

    def __init__(self, here: World, chance: random.Random, every: float) -> None:
        """every: seconds between two faults, on average."""
        self._here, self._chance, self._every = here, chance, every
        self.done: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}
        """Seconds from the fault to all being well again, the most of each kind."""
        self._kinds: list[Fault] = [self.kill_a_process]
        if here.servers:
            self._kinds += [self.wipe_redis, self.kill_redis, self.restart_postgres, self.kill_postgres, self.roll]
        if "mongo" in here.servers:
            self._kinds += [self.restart_mongo, self.kill_mongo]

    async def run(self) -> None:
        """All kinds in a new order each round, until cancelled."""
        while True:
            for fault in self._chance.sample(self._kinds, len(self._kinds)):
                await asyncio.sleep(self._chance.uniform(0.5, 1.5) * self._every)
                began, name = time.monotonic(), getattr(fault, "__name__", "fault")
                await fault()
                self.done[name] += 1
                self.slowest[name] = round(max(self.slowest.get(name, 0.0), time.monotonic() - began), 1)

    async def kill_a_process(self) -> None:
        part = self._chance.choice(self._here.chats)
        self._here.kill(part)
        await asyncio.sleep(self._chance.uniform(0, 1.5))
        self._here.start(part)
        await self._here.ready(part)

    async def wipe_redis(self) -> None:
        await self._here.wipe_redis()

    async def kill_redis(self) -> None:
        await self._server("redis", hard=True)

    async def restart_postgres(self) -> None:
        await self._server("postgres", hard=False)

    async def kill_postgres(self) -> None:
        await self._server("postgres", hard=True)

    async def restart_mongo(self) -> None:
        await self._server("mongo", hard=False)

    async def kill_mongo(self) -> None:
        await self._server("mongo", hard=True)

    async def roll(self) -> None:
        """A rolling restart: each process says goodbye and comes back, one after the other."""
        for part in self._here.chats:
            await self._here.end(part)
            self._here.start(part)
            await self._here.ready(part)

    async def _server(self, name: str, *, hard: bool) -> None:
        server = self._here.servers[name]
        await asyncio.to_thread(server.kill if hard else server.stop)
        await asyncio.sleep(self._chance.uniform(0, 1.5))
        await asyncio.to_thread(server.start)
