"""A worker's health: Celery has the main thread, so a thread beside it tells."""

import asyncio
import contextlib
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import text
from starlette.types import Receive, Scope, Send

from clubkit.cache import Redis
from clubkit.db.database import Database
from clubkit.module import Module
from clubkit.readiness import Readiness
from clubkit.settings import Settings
from gateway.entrance import Entrance, Say
from gateway.health import telling
from gateway.waiting import LONGEST_PAUSE, lacking

_answering = threading.RLock()
"""Held while a request is answered, and by a fork: no child may inherit a lock of the metrics in a locked state."""


@contextmanager
def health_beside(settings: Settings, modules: Sequence[Module], say: Say) -> Iterator[None]:
    """Tells while the block runs, if a port is set. Waits, before the block, until the worker's servers are there.

    The embedded hub's worker waits for nothing: the hub starts it when everything stands.
    """
    if not settings.redis_url:
        yield
        return
    ended = threading.Event()
    ready = threading.Event()

    async def tell() -> None:
        entrance = Entrance(lambda: _missing(settings))

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            with _answering:
                await entrance(scope, receive, send)

        async with telling(settings, answer):
            while not ended.is_set() and (waiting := await lacking(settings, modules)):
                entrance.wait_for(waiting, say)
                await asyncio.sleep(LONGEST_PAUSE)
            entrance.open()
            ready.set()
            while not ended.is_set():  # noqa: ASYNC110  an event of threads cannot be awaited
                await asyncio.sleep(0.2)

    def run() -> None:
        try:
            asyncio.run(tell())
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="health", daemon=True)
    _hold_at_fork()
    thread.start()
    try:
        ready.wait()
        yield
    finally:
        ended.set()
        thread.join(5)


async def _missing(settings: Settings) -> Mapping[str, str]:
    async def database() -> None:
        async with Database(settings.sql_url) as opened, opened.transaction(writes=False) as session:
            await session.execute(text("SELECT 1"))

    async def redis() -> None:
        async with Redis.from_url(settings.redis_url) as client:
            await client.ping()

    looks = Readiness()
    looks.needs("database", database)
    if settings.redis_url:
        looks.needs("redis", redis)
    return await looks.missing()


def _hold_at_fork() -> None:
    def after() -> None:
        with contextlib.suppress(RuntimeError):
            _answering.release()

    os.register_at_fork(before=_answering.acquire, after_in_parent=after, after_in_child=after)
