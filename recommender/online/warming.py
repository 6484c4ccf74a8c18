"""Fills the ranking in memory from the tables at start, and swaps in each newly promoted model."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from threadpoolctl import threadpool_limits

from clubkit.cache import Redis
from clubkit.db.work import Works
from clubkit.ids import ClubId, MemberId
from clubkit.ports import Ports
from recommender.catalogue import service as catalogue
from recommender.online.live import LiveRanking
from recommender.online.sharing import SharedRanking
from recommender.online.sharing_redis import sharing
from recommender.online.store import WindowStore
from recommender.registry.versions import BrokenBundle, NoModel, Registry

log = structlog.get_logger("recommender")

LOOK_EVERY = 2.0
"""Seconds between looks at the registry: how soon a promoted model serves."""


async def warm(live: LiveRanking, works: Works) -> None:
    """Reads items, clubs, places and windows. Facts that come meanwhile are applied as they come."""
    async with works.reading() as work:
        async for item, alive in catalogue.items(work):
            live.put_items([(item, alive)])
        clubs: dict[MemberId, set[ClubId]] = defaultdict(set)
        async for member_id, club_id in catalogue.clubs_by_member(work):
            clubs[member_id].add(club_id)
        live.set_clubs(clubs)
        async for member_id, place in catalogue.places(work):
            live.set_places({member_id: place})
        async for member_id, window in WindowStore(work).all():
            live.set_window(member_id, window)
    live.is_warm = True


async def follow_registry(live: LiveRanking, registry: Registry) -> None:
    """Runs until cancelled."""
    while True:
        with suppress(NoModel):
            await take_current(live, registry)
        await asyncio.sleep(LOOK_EVERY)


async def take_current(live: LiveRanking, registry: Registry) -> bool:
    """Serves the promoted model, if it is another than now; a broken one is left alone and said so."""
    version = registry.current()
    if version is None or version == live.version:
        return False
    try:
        bundle = await asyncio.to_thread(registry.load, version)
    except BrokenBundle:
        log.exception("the promoted model cannot be used", version=version)
        return False
    engines = await asyncio.to_thread(live.prepare, bundle)
    live.swap(bundle, engines)
    log.info("model serves", version=version)
    return True


@asynccontextmanager
async def running(ports: Ports) -> AsyncIterator[None]:
    """While the service serves. A warm start is quick for a club; a city's worth of data warms up behind the door."""
    live = ports[LiveRanking]
    threadpool_limits(1, "blas")  # for a millisecond of work, helpers wait longer than they help
    async with _kept_warm(live, ports):
        with suppress(NoModel):
            await take_current(live, ports[Registry])
        following = asyncio.create_task(follow_registry(live, ports[Registry]))
        try:
            yield
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following


@asynccontextmanager
async def _kept_warm(live: LiveRanking, ports: Ports) -> AsyncIterator[None]:
    """Warm, and in step with the other processes where there are any."""
    works = ports[Works]
    if isinstance(live, SharedRanking):
        async with sharing(live, ports[Redis], works, lambda: warm(live, works)):
            yield
    else:
        await warm(live, works)
        yield
