"""The composition of adapters: the scheme of each URL picks one. Nobody else imports `clubkit.adapters`."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

from redis.asyncio import Redis as RedisClient

from clubkit.adapters.blobs_disk import DiskBlobs
from clubkit.adapters.log_outbox import OutboxLog
from clubkit.adapters.mail import MaildirMail, SmtpMail
from clubkit.adapters.search_tantivy import open_search
from clubkit.adapters.valkey_child import ValkeyChild
from clubkit.adapters.wire_redis import RedisWire
from clubkit.blobs.port import Blobs
from clubkit.cache import Redis
from clubkit.cache.limits import Limits
from clubkit.clock import Clock, utc_now
from clubkit.db.database import Database
from clubkit.db.work import Works
from clubkit.http.paging import Cursors
from clubkit.log.port import EventLog
from clubkit.mail.port import Mail
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.realtime.wire import Wire
from clubkit.search.port import SearchIndex
from clubkit.settings import Settings


@asynccontextmanager
async def open_adapters(
    ports: Ports,
    settings: Settings,
    modules: Sequence[Module],
    *,
    clock: Clock = utc_now,
    sockets: Wire | None = None,
    indexes: bool = True,
) -> AsyncIterator[Ports]:
    """Fills `ports` for one process and closes everything in reverse.

    sockets: this process's socket server, if it has one. indexes: whether it may write the local search index
    (one process does; the others only read).
    """
    async with AsyncExitStack() as stack:
        ports.provide(Settings, settings)
        database = Database(settings.sql_url, synchronous=settings.sqlite_synchronous)
        stack.push_async_callback(database.close)
        works = Works(database, ports, clock=clock)
        ports.provide(Database, database)
        ports.provide(Works, works)
        ports.provide(EventLog, ports.get(EventLog) or _event_log(settings, database, works))
        redis = await _redis(settings, stack)
        ports.provide(Redis, redis)
        ports.provide(Limits, Limits(redis))
        ports.provide(Wire, RedisWire(redis, sockets, alone=not settings.redis_url))
        ports.provide(Cursors, Cursors(settings.secret))
        ports.provide(Blobs, _blobs(settings))
        ports.provide(Mail, _mail(settings))
        ports.provide(SearchIndex, await _search(settings, stack, clock, writable=indexes))
        for module in modules:
            for kind, provide in module.provides.items():
                ports.provide(kind, provide(settings, ports))
            for kind, factory in module.stores.items():
                ports.provide_store(kind, factory)
        yield ports


def embedded_valkey(settings: Settings) -> ValkeyChild | None:
    """A share in the embedded server, for who watches over it; None where a Redis URL is given. Blocks."""
    return None if settings.redis_url else ValkeyChild.open(settings.data_dir)


def _event_log(settings: Settings, database: Database, works: Works) -> EventLog:
    if settings.log_url:
        raise ValueError(f"no event log adapter for {urlsplit(settings.log_url).scheme}://")
    return OutboxLog(database, works)


async def _redis(settings: Settings, stack: AsyncExitStack) -> Redis:
    url = settings.redis_url
    if not url:
        child = await asyncio.to_thread(ValkeyChild.open, settings.data_dir)
        stack.push_async_callback(asyncio.to_thread, child.close)
        url = child.url
    redis: Redis = RedisClient.from_url(url, health_check_interval=30)
    stack.push_async_callback(redis.aclose)
    return redis


async def _search(settings: Settings, stack: AsyncExitStack, clock: Clock, *, writable: bool) -> SearchIndex:
    if settings.search_url:
        raise ValueError(f"no search adapter for {urlsplit(settings.search_url).scheme}://")
    return await stack.enter_async_context(open_search(settings.data_dir / "search", clock, writable=writable))


def _blobs(settings: Settings) -> Blobs:
    if settings.blobs_url:
        raise ValueError(f"no blob adapter for {urlsplit(settings.blobs_url).scheme}://")
    return DiskBlobs(settings.data_dir / "files")


def _mail(settings: Settings) -> Mail:
    if settings.mail_url:
        return SmtpMail(settings.mail_url, settings.mail_from)
    return MaildirMail(settings.data_dir / "mail", settings.mail_from)
