"""The composition of adapters: the scheme of each URL picks one. Nobody else imports `clubkit.adapters`."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from urllib.parse import urlsplit

import httpx
from redis.asyncio import Redis as RedisClient
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from sqlalchemy import text

from clubkit.adapters.blobs_disk import DiskBlobs
from clubkit.adapters.keys_jwks import JwksKeys
from clubkit.adapters.log_outbox import OutboxLog
from clubkit.adapters.mail import MaildirMail, SmtpMail
from clubkit.adapters.ranker_http import HttpRanker
from clubkit.adapters.search_tantivy import open_search
from clubkit.adapters.valkey_child import ValkeyChild
from clubkit.adapters.wire_redis import LocalSockets, RedisWire
from clubkit.blobs.port import Blobs
from clubkit.cache import Redis
from clubkit.cache.limits import Limits
from clubkit.clock import Clock, utc_now
from clubkit.contracts.ranking import Ranker
from clubkit.db.database import Database
from clubkit.db.work import Works
from clubkit.documents.port import Documents
from clubkit.http.internal import internal_headers
from clubkit.http.paging import Cursors
from clubkit.identity import TokenVerifier
from clubkit.log.port import EventLog
from clubkit.log.settings import LogSettings
from clubkit.log.topics import all_topics
from clubkit.mail.port import Mail
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.readiness import Readiness
from clubkit.realtime.wire import Wire
from clubkit.search.port import SearchIndex
from clubkit.settings import Settings
from clubkit.tokens import JwtVerifier

OTHERS_SECONDS = 1.0
"""How long a call to another of our services may take before it counts as away."""


@asynccontextmanager
async def open_adapters(
    ports: Ports,
    settings: Settings,
    modules: Sequence[Module],
    *,
    clock: Clock = utc_now,
    sockets: LocalSockets | None = None,
    indexes: bool = True,
    serves: bool = True,
) -> AsyncIterator[Ports]:
    """Fills `ports` for one process and closes everything in reverse.

    sockets: this process's socket server, if it has one. indexes: whether it may write its modules' local search
    indexes (one process does; the others only read). serves: whether members' requests come here, so that other
    services are asked for what they know of them.
    """
    async with AsyncExitStack() as stack:
        stack.callback(ports.clear)
        ports.provide(Settings, settings)
        ready = Readiness()
        ports.provide(Readiness, ready)
        database = Database(settings.sql_url, synchronous=settings.sqlite_synchronous, pool=settings.database_pool)
        stack.push_async_callback(database.close)
        works = Works(database, ports, clock=clock)
        ports.provide(Database, database)
        ports.provide(Works, works)
        ready.needs("database", partial(_answers, works))
        await _event_log(ports, settings, stack)
        redis = await _redis(settings, stack)
        ports.provide(Redis, redis)
        ready.needs("redis", redis.ping)
        ports.provide(Limits, Limits(redis))
        ports.provide(Wire, RedisWire(redis, sockets, alone=not settings.redis_url))
        ports.provide(Cursors, Cursors(settings.secret))
        ports.provide(Blobs, _blobs(settings))
        ports.provide(Mail, _mail(settings))
        await _documents(ports, settings, stack)
        for module in modules:
            for port, name in module.indexes.items():
                ports.provide(port, await _search(settings, stack, clock, name, writable=indexes))
            for kind, provide in module.provides.items():
                ports.provide(kind, provide(settings, ports))
            for kind, factory in module.stores.items():
                ports.provide_store(kind, factory)
            if module.ready:
                ready.needs(module.name, partial(module.ready, ports))
        if serves:
            await _other_services(ports, settings, stack, clock)
        yield ports


def embedded_valkey(settings: Settings) -> ValkeyChild | None:
    """A share in the embedded server, for who watches over it; None where a Redis URL is given. Blocks."""
    return None if settings.redis_url else ValkeyChild.open(settings.data_dir)


def _expect(url: str, *schemes: str, refusal: str) -> None:
    """Raises ValueError for a URL that none of our adapters takes."""
    if (scheme := urlsplit(url).scheme) not in schemes:
        raise ValueError(f"{refusal} {scheme}://")


async def _answers(works: Works) -> None:
    async with works.reading() as work:
        await work.session.execute(text("SELECT 1"))


async def _other_services(ports: Ports, settings: Settings, stack: AsyncExitStack, clock: Clock) -> None:
    """What a process asks of services that it does not hold itself."""
    if settings.auth_url and ports.get(TokenVerifier) is None:
        client = httpx.AsyncClient(base_url=settings.auth_url, timeout=OTHERS_SECONDS)
        keys = JwksKeys(await stack.enter_async_context(client), clock)
        stack.push_async_callback(keys.close)
        ports.provide(TokenVerifier, JwtVerifier(keys.find, clock))
        ports[Readiness].needs("auth_service", keys.ready)
    if settings.recommender_url and ports.get(Ranker) is None:
        client = httpx.AsyncClient(
            base_url=settings.recommender_url, timeout=OTHERS_SECONDS, headers=internal_headers(settings)
        )
        ports.provide(
            Ranker, HttpRanker(await stack.enter_async_context(client), budget=settings.ranking_budget_ms / 1000)
        )


async def _event_log(ports: Ports, settings: Settings, stack: AsyncExitStack) -> None:
    database, works = ports[Database], ports[Works]
    if ports.get(EventLog) is not None:  # settled by who composes the process
        return
    if not settings.log_url:
        ports.provide(EventLog, OutboxLog(database, works))
        return
    _expect(settings.log_url, "kafka", "kafkas", refusal="no event log adapter for")
    from clubkit.adapters.log_kafka_opening import open_kafka

    section = settings.section(LogSettings)
    await stack.enter_async_context(open_kafka(ports, settings.log_url, section, database, works))


async def make_topics(settings: Settings, groups: Iterable[str]) -> list[str]:
    """Has the log's brokers hold every topic, and the dead letters of these groups; answers what was made."""
    if not settings.log_url:
        return []
    from clubkit.adapters.log_kafka_opening import make_topics as make

    return await make(settings.log_url, settings.section(LogSettings), all_topics(groups))


async def _redis(settings: Settings, stack: AsyncExitStack) -> Redis:
    url = settings.redis_url
    if not url:
        child = await asyncio.to_thread(ValkeyChild.open, settings.data_dir)
        stack.push_async_callback(asyncio.to_thread, child.close)
        url = child.url
    # A Redis that is away is noticed within milliseconds: members are waiting, and each caller knows what to do.
    retry = Retry(ExponentialBackoff(cap=0.1, base=0.01), 3)
    redis: Redis = RedisClient.from_url(url, health_check_interval=30, socket_connect_timeout=2, retry=retry)
    stack.push_async_callback(redis.aclose)
    return redis


async def _search(settings: Settings, stack: AsyncExitStack, clock: Clock, name: str, *, writable: bool) -> SearchIndex:
    if settings.search_url:
        _expect(settings.search_url, "http", "https", refusal="no search adapter for")
        from clubkit.adapters.search_elastic import open_elastic

        return await stack.enter_async_context(open_elastic(settings.search_url, clock, name))
    return await stack.enter_async_context(open_search(settings.data_dir / name, clock, writable=writable))


async def _documents(ports: Ports, settings: Settings, stack: AsyncExitStack) -> None:
    if not settings.messages_url:
        return
    _expect(settings.messages_url, "mongodb", "mongodb+srv", refusal="no adapter for messages in")
    if not settings.log_url:
        raise ValueError("HUB_MESSAGES_URL needs HUB_LOG_URL: the facts that messages carry leave by the relay")
    from clubkit.adapters.mongo import open_mongo

    ports.provide(Documents, await stack.enter_async_context(open_mongo(settings.messages_url)))


def _blobs(settings: Settings) -> Blobs:
    return DiskBlobs(settings.data_dir / "files")


def _mail(settings: Settings) -> Mail:
    if settings.mail_url:
        return SmtpMail(settings.mail_url, settings.mail_from)
    return MaildirMail(settings.data_dir / "mail", settings.mail_from)
