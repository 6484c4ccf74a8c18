"""Hints of a shared ranking over Redis pub/sub."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import orjson
import structlog

from clubkit.cache import Redis
from clubkit.db.work import Works
from clubkit.ids import new_id
from recommender.catalogue import service as catalogue
from recommender.online.sharing import Hint, SharedRanking, overheard

log = structlog.get_logger("recommender")

CHANNEL = "rec:moved"
PAUSE_SECONDS = 0.5

Warm = Callable[[], Awaitable[None]]
"""Reads the tables."""


@asynccontextmanager
async def sharing(live: SharedRanking, redis: Redis, works: Works, warm: Warm) -> AsyncIterator[None]:
    """While the block lasts, the ranking moves with those of the other processes and they with it.

    It is warm when the block begins. After every break of the line it reads the tables anew, since what was told
    meanwhile is lost.
    """
    node, warmed = new_id(), asyncio.Event()
    tasks = [
        asyncio.create_task(_tell(live, redis, node)),
        asyncio.create_task(_listen(live, redis, works, warm, node, warmed)),
    ]
    try:
        await warmed.wait()
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _tell(live: SharedRanking, redis: Redis, node: str) -> None:
    while True:
        hint = await live.next_hint()
        try:
            await redis.publish(CHANNEL, orjson.dumps({"node": node, "hint": hint.plain()}))
        except Exception as failure:  # noqa: BLE001  whatever broke, the others must hear of it later
            log.warning("a moved ranking could not be told", error=repr(failure))
            live.lost()
            await asyncio.sleep(PAUSE_SECONDS)


async def _listen(
    live: SharedRanking, redis: Redis, works: Works, warm: Warm, node: str, warmed: asyncio.Event
) -> None:
    overheard.set(True)
    while True:
        pubsub = redis.pubsub()
        try:
            await pubsub.subscribe(CHANNEL)
            async for message in pubsub.listen():
                if message["type"] == "subscribe":  # now it hears; the client may also have mended the line in silence
                    await warm()
                    warmed.set()
                    continue
                told = orjson.loads(message["data"])
                if told["node"] != node:
                    await _take(live, works, warm, Hint(**told["hint"]))
        except Exception as failure:  # noqa: BLE001  any broken line is mended by beginning again
            log.warning("the shared ranking is cut off", error=repr(failure))
            await asyncio.sleep(PAUSE_SECONDS)
        finally:
            with contextlib.suppress(Exception):
                await pubsub.aclose()  # type: ignore[no-untyped-call]


async def _take(live: SharedRanking, works: Works, warm: Warm, hint: Hint) -> None:
    if hint.anew:
        await warm()
        return
    async with works.reading() as work:
        items = await catalogue.some(work, hint.items) if hint.items else []
    live.take(hint, items)
