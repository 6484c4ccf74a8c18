"""What search needs when a process starts: an index that is not whole asks to be made anew."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from clubkit.contracts.social import SearchRebuildAsked
from clubkit.db.work import Works
from clubkit.ports import Ports
from clubkit.search.port import SearchIndex
from social_service.people import service as people


@asynccontextmanager
async def heal_index(ports: Ports) -> AsyncIterator[None]:
    """A new, torn or outdated index is rebuilt by whoever runs the consumer, while everything else serves."""
    if ports[SearchIndex].needs_rebuild:
        async with ports[Works].open() as work:
            if await people.all_after(work, "", 1):
                work.publish(SearchRebuildAsked(index="social", at=work.now))
    yield
