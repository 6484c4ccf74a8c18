"""Starting before the servers do: a process looks for what it stands on, says what is away, and opens when it can."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from urllib.parse import urlsplit

import structlog
from redis.asyncio import Redis
from sqlalchemy import make_url

from clubkit.module import Module
from clubkit.readiness import Readiness
from clubkit.serving import Application
from clubkit.settings import Settings
from gateway.entrance import Entrance, Say
from gateway.migrating import behind

log = structlog.get_logger("waiting")

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
CONNECT_SECONDS = 2.0
PORTS = {"kafka": 9092, "kafkas": 9093, "mongodb": 27017, "http": 80, "https": 443}


async def open_when_possible(
    hub: Application, stack: AsyncExitStack, entrance: Entrance, say: Say, *, also: Sequence[str] = ()
) -> None:
    """Opens the hub on `stack` once everything it starts on is there, however long that takes.

    also: URLs of further servers that this process cannot begin without.
    """
    pause = FIRST_PAUSE
    while True:
        waiting = await lacking(hub.settings, hub.modules, also=also)
        if not waiting:
            entrance.waiting = {"start": "is under way"}
            try:
                await stack.enter_async_context(hub.open())
            except Exception as failure:  # noqa: BLE001  a server may go between our look and our start
                waiting = {"start": _reason(failure)}
            else:
                entrance.open()
                return
        entrance.wait_for(waiting, say)
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)


async def lacking(settings: Settings, modules: Sequence[Module], *, also: Sequence[str] = ()) -> Mapping[str, str]:
    """What a process cannot start without and does not find, by name, and why."""
    looks = Readiness()
    looks.needs("the database", lambda: _database(settings, modules))
    if settings.redis_url:
        looks.needs("Redis", lambda: _redis(settings.redis_url))
    for url in filter(None, also):
        looks.needs(f"{urlsplit(url).scheme} at {address_of(url)}", partial(reach, url))
    return await looks.missing()


async def _database(settings: Settings, modules: Sequence[Module]) -> None:
    try:
        late = await behind(settings, modules)
    except Exception as failure:
        place = make_url(settings.sql_url).render_as_string()
        raise LookupError(f"{place} does not answer ({_reason(failure)})") from failure
    if late:
        raise LookupError(f"the tables of {', '.join(late)} are not up to date; `hub migrate` makes them so")


async def _redis(url: str) -> None:
    async with Redis.from_url(url, socket_connect_timeout=CONNECT_SECONDS, retry=None) as client:
        await client.ping()


async def reach(url: str) -> None:
    """Raises OSError or TimeoutError when nobody listens at a server's URL."""
    host, _, port = address_of(url).rpartition(":")
    async with asyncio.timeout(CONNECT_SECONDS):
        _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
    writer.close()


def address_of(url: str) -> str:
    """host:port of a server's URL; the first of several."""
    parts = urlsplit(url)
    first = parts.netloc.rpartition("@")[2].split(",")[0]
    return first if first.rpartition(":")[2].isdigit() else f"{first}:{PORTS.get(parts.scheme, 0)}"


def _reason(failure: BaseException) -> str:
    return (str(failure).strip() or type(failure).__name__).splitlines()[0][:200]
