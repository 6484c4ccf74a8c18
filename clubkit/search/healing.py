"""An index that is not whole asks to be made anew: when a process starts, and whenever it is found so later."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import structlog

from clubkit.contracts.base import Fact
from clubkit.db.work import UnitOfWork, Works
from clubkit.errors import Unavailable
from clubkit.ports import Ports
from clubkit.search.port import SearchIndex

log = structlog.get_logger("search")

LOOK_SECONDS = 30.0
"""A server that was away when we started may turn out to have lost its index."""
ASK_AGAIN_LOOKS = 20
"""After so many looks at an index that is still not whole, its rebuild is asked for again."""


@dataclass(frozen=True)
class Healing:
    """port: the index. is_worth_it: whether there is anything to fill it with. ask: the fact that asks its writer."""

    port: type[SearchIndex]
    is_worth_it: Callable[[UnitOfWork], Awaitable[bool]]
    ask: Callable[[datetime], Fact]


@asynccontextmanager
async def kept_whole(ports: Ports, how: Healing) -> AsyncIterator[None]:
    """A new, torn or outdated index is rebuilt by whoever runs its consumer, while everything else serves."""
    asked = await _look(ports, how, None)
    looking = asyncio.create_task(_keep_looking(ports, how, asked), name=f"heal {how.port.__name__}")
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def ask_if_due(ports: Ports, how: Healing, asked: str | None) -> str | None:
    """Asks once for each reason; answers the one that was asked for, None while there is none."""
    why = ports[how.port].needs_rebuild
    if not why or why == asked:
        return why
    works = ports[Works]
    async with works.reading() as work:
        if not await how.is_worth_it(work):
            return None
    async with works.open() as work:
        work.publish(how.ask(work.now))
    log.info("an index is to be rebuilt", index=how.port.__name__, why=why)
    return why


async def _keep_looking(ports: Ports, how: Healing, asked: str | None) -> None:
    for look in count(1):
        await asyncio.sleep(LOOK_SECONDS)
        # What was asked for may have failed on the way.
        asked = await _look(ports, how, None if look % ASK_AGAIN_LOOKS == 0 else asked)


async def _look(ports: Ports, how: Healing, asked: str | None) -> str | None:
    try:
        return await ask_if_due(ports, how, asked)
    except Unavailable as away:
        log.warning("whether an index is whole could not be looked at", index=how.port.__name__, error=repr(away))
        return asked
