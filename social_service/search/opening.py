"""An index that is not whole asks to be made anew: when a process starts, and whenever it is found so later."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import structlog

from clubkit.contracts.social import SearchRebuildAsked
from clubkit.db.work import Works
from clubkit.errors import Unavailable
from clubkit.ports import Ports
from clubkit.search.port import SearchIndex
from social_service.people import service as people

log = structlog.get_logger("search")

LOOK_SECONDS = 30.0
"""A server that was away when we started may turn out to have lost its index."""
ASK_AGAIN_LOOKS = 20
"""After so many looks at an index that is still not whole, its rebuild is asked for again."""


@asynccontextmanager
async def heal_index(ports: Ports) -> AsyncIterator[None]:
    """A new, torn or outdated index is rebuilt by whoever runs the consumer, while everything else serves."""
    asked = await _look(ports, None)
    looking = asyncio.create_task(_keep_looking(ports, asked), name="heal-index")
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def ask_if_due(ports: Ports, asked: str | None) -> str | None:
    """Asks once for each reason; answers the one that was asked for, None while there is none."""
    why = ports[SearchIndex].needs_rebuild
    if not why or why == asked:
        return why
    works = ports[Works]
    async with works.reading() as work:
        if not await people.all_after(work, "", 1):
            return None
    async with works.open() as work:
        work.publish(SearchRebuildAsked(index="social", at=work.now))
    log.info("the search index is to be rebuilt", why=why)
    return why


async def _keep_looking(ports: Ports, asked: str | None) -> None:
    for look in count(1):
        await asyncio.sleep(LOOK_SECONDS)
        # What was asked for may have failed on the way.
        asked = await _look(ports, None if look % ASK_AGAIN_LOOKS == 0 else asked)


async def _look(ports: Ports, asked: str | None) -> str | None:
    try:
        return await ask_if_due(ports, asked)
    except Unavailable as away:
        log.warning("whether the search index is whole could not be looked at", error=repr(away))
        return asked
