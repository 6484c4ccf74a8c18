"""One process of the hub: HTTP, sockets, and whichever of consumers and dispatcher it runs."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import socketio
import structlog
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from clubkit.cache import Redis
from clubkit.clock import Clock, utc_now
from clubkit.db.work import Works
from clubkit.http.app import create_api
from clubkit.jobs.celery_app import make_celery, sender
from clubkit.jobs.running import Dispatcher, begun_here
from clubkit.jobs.running import Send as SendJob
from clubkit.log.pending import PendingSources
from clubkit.log.port import EventLog
from clubkit.log.relay import Relay
from clubkit.log.running import run_consumer
from clubkit.module import Module
from clubkit.observability.measuring import keep_measuring
from clubkit.ports import Ports
from clubkit.readiness import Readiness
from clubkit.realtime.limits import SocketLimits
from clubkit.realtime.server import SocketServer
from clubkit.realtime.wire import Wire
from clubkit.settings import Settings
from clubkit.wiring import open_adapters

log = structlog.get_logger("serving")


@dataclass(frozen=True)
class Roles:
    """What this process does besides answering HTTP and sockets."""

    consumes: bool = True
    dispatches: bool = True
    indexes: bool = True
    """Whether it may write its modules' local search indexes: one process may."""
    relays: bool = False
    """Whether it takes facts from where they wait to a log that lives elsewhere."""
    serves: bool = True
    """Whether members' requests come here."""
    sockets: bool = True
    """Whether apps hold their sockets here; who has none is told nothing and only tells."""


class Application:
    """The ASGI application of one process: /socket.io goes to Socket.IO, all else to FastAPI."""

    def __init__(
        self,
        settings: Settings,
        modules: Sequence[Module],
        roles: Roles,
        clock: Clock = utc_now,
        *,
        sockets: Sequence[Module] | None = None,
    ) -> None:
        """sockets: the modules whose socket events are answered here, if others than those that are served."""
        self.settings = settings
        self.modules = tuple(modules)
        self.ports = Ports()
        self.roles = roles
        self.clock = clock
        self.api: FastAPI = create_api(self.modules, self.ports, self._lifespan)
        domains = [domain for module in (self.modules if sockets is None else sockets) for domain in module.sockets]
        limits = settings.section(SocketLimits)
        self.sockets = SocketServer(self.ports, domains, origins=allowed_origins(settings), limits=limits, clock=clock)
        self._socket_app: ASGIApp = socketio.ASGIApp(self.sockets.sio)
        self.send_job: SendJob | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.roles.sockets and scope["type"] != "lifespan" and scope["path"].startswith("/socket.io"):
            await self._socket_app(scope, receive, send)
        else:
            await self.api(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, _api: FastAPI) -> AsyncIterator[None]:
        async with self.open():
            yield

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Ports]:
        """Everything this process needs, from adapters to background tasks; closed in reverse."""
        async with AsyncExitStack() as stack:
            adapters = open_adapters(
                self.ports, self.settings, self.modules,
                clock=self.clock, sockets=self.sockets if self.roles.sockets else None, indexes=self.roles.indexes,
                serves=self.roles.serves,
            )  # fmt: skip
            await stack.enter_async_context(adapters)
            for module in self.modules:
                if module.open:
                    await stack.enter_async_context(module.open(self.ports))
            await stack.enter_async_context(background(self._tasks()))
            yield self.ports

    async def missing(self) -> dict[str, str]:
        """What an open application is short of now, by name, and why."""
        return await self.ports[Readiness].missing()

    def _tasks(self) -> list[Coroutine[Any, Any, None]]:
        works, event_log = self.ports[Works], self.ports[EventLog]
        wire: Any = self.ports[Wire]
        tasks = [self.sockets.watch_expiry(), wire.listen()]
        if self.roles.consumes:
            consumers = sorted((c for m in self.modules for c in m.consumers), key=lambda c: not c.urgent)
            tasks += [run_consumer(c, event_log, works) for c in consumers]
        if self.roles.relays and (relay := self.ports.get(Relay)):
            tasks.append(relay.run())
        if self.roles.dispatches:
            jobs = {job.name: job for module in self.modules for job in module.jobs}
            recurring = begun_here(
                [every for module in self.modules for every in module.recurring], self.ports[Settings].jobs_elsewhere
            )
            tasks.append(Dispatcher(works, jobs, recurring, self.send_job or self._celery()).run())
        if self.roles.dispatches or self.roles.relays:
            read = [c for m in self.modules for c in m.consumers] if self.roles.consumes else []
            waiting = tuple(self.ports.get(PendingSources) or ())
            tasks.append(keep_measuring(works, event_log, read, waiting))
        return tasks

    def _celery(self) -> SendJob:
        return sender(make_celery(redis_url(self.ports)))


def redis_url(ports: Ports) -> str:
    """The URL of the Redis this process found or started."""
    if url := ports[Settings].redis_url:
        return url
    arguments = ports[Redis].connection_pool.connection_kwargs
    return f"unix://{quote(arguments['path'])}"


def allowed_origins(settings: Settings) -> list[str]:
    """Where a browser may open a socket from: the hub itself, and the development server beside it."""
    own = {settings.base_url, f"http://localhost:{settings.port}", f"http://127.0.0.1:{settings.port}"}
    if settings.environment == "development":
        own |= {"http://localhost:5173", "http://127.0.0.1:5173"}
    return [settings.base_url] if settings.is_production else sorted(own)


async def end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Cancels tasks until they are done: a client library may swallow a first cancellation while it connects."""
    running = {task for task in tasks if not task.done()}
    while running:
        for task in running:
            task.cancel()
        _, running = await asyncio.wait(running, timeout=0.2)
    for task in tasks:
        if not task.cancelled() and (failure := task.exception()):
            log.error("a background task had failed", exc_info=failure)


@asynccontextmanager
async def background(coroutines: Sequence[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """Runs tasks while the block lasts; cancels them all at its end."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        yield
    finally:
        await end(tasks)
