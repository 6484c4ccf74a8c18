"""`hub up`: every service in this process, its children supervised, everything under one data directory."""

import asyncio
import contextlib
import fcntl
import gc
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from clubkit.db.database import Database
from clubkit.jobs.running import take_back_jobs
from clubkit.realtime.http_protocol import HttpProtocol
from clubkit.realtime.leaving import leave
from clubkit.realtime.ws_protocol import FrameProtocol
from clubkit.settings import Settings
from clubkit.wiring import embedded_valkey
from gateway.children import Command, Server
from gateway.embedded import create_app
from gateway.errors import AlreadyRunning, PortTaken
from gateway.migrating import migrate
from gateway.pages import Pages
from gateway.supervising import Part, Supervisor, stop_signals

Say = Callable[[str], None]
Farewell = Callable[[], Awaitable[None]]
Ready = Callable[[Settings, Supervisor], None]
Prepare = Callable[[Settings], Coroutine[Any, Any, None]]
PORTS_TO_TRY = 20
SECONDS_TO_FINISH = 5
SECONDS_TO_LEAVE = 1
"""There is no other process to go to: those who hold sockets are told when to come back, and are not waited for."""
KEEP_ALIVE_SECONDS = 75
"""Longer than clients and proxies keep an idle connection: who closes first loses a request that is on its way."""


class WebServer(uvicorn.Server):
    """Uvicorn without its own signal handling: the hub has more to stop than the server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    farewell: Farewell | None = None
    """Awaited between the moment nobody new is let in and the end."""
    _leaving: asyncio.Task[None] | None = None

    def stop(self) -> None:
        """Lets nobody in, those who hold sockets go, and requests finish."""
        if self.farewell is None or not self.started:
            self.should_exit = True
        elif self._leaving is None:
            for server in self.servers:
                server.close()
            self._leaving = asyncio.create_task(self._leave(self.farewell))

    async def _leave(self, farewell: Farewell) -> None:
        try:
            await farewell()
        finally:
            self.should_exit = True

    def hurry(self) -> None:
        """Does not."""
        self.should_exit = self.force_exit = True


@contextmanager
def only_hub(settings: Settings, url: str) -> Iterator[None]:
    """Holds the data directory for this process. Raises AlreadyRunning."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "hub.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            with contextlib.suppress(ValueError):
                url = json.loads(lock.read())["url"]
            raise AlreadyRunning(settings.data_dir, url) from None
        lock.truncate(0)
        lock.write(json.dumps({"pid": os.getpid(), "url": url}))
        lock.flush()
        yield


def listen(settings: Settings, *, asked: bool | None = None) -> tuple[Settings, socket.socket]:
    """A listening socket, and the settings with the port it got.

    A port that was asked for (default: whether it was set) is kept to, raises PortTaken; else the next free one does.
    """
    asked = "port" in settings.model_fields_set if asked is None else asked
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    for port in [settings.port] if asked else range(settings.port, settings.port + PORTS_TO_TRY):
        with contextlib.suppress(OSError):
            listener = socket.create_server((settings.host, port), family=family, backlog=2048)
            return settings.model_copy(update={"port": listener.getsockname()[1]}), listener
    raise PortTaken(settings.host, settings.port)


@asynccontextmanager
async def children(settings: Settings, say: Say) -> AsyncIterator[Supervisor]:
    """Valkey, kept alive while the block lasts, as is what joins it."""
    parts: list[Part] = []
    if valkey := await asyncio.to_thread(embedded_valkey, settings):
        parts.append(Server("Valkey", valkey.alive, valkey.revive, valkey.close))
    async with Supervisor(parts, say=say) as supervisor:
        yield supervisor


def job_worker(settings: Settings, processes: int) -> Command:
    words = [sys.executable, "-m", "gateway.main", "work", "--processes", str(processes)]
    return Command("worker", words, settings.data_dir / "run", worker_environment(settings))


def worker_environment(settings: Settings) -> dict[str, str]:
    """What the command line may have said otherwise than the environment: a mail's links must lead to this hub."""
    return {
        "HUB_DATA_DIR": str(settings.data_dir.resolve()), "HUB_HOST": settings.host, "HUB_PORT": str(settings.port),
    }  # fmt: skip


def web_server(app: ASGIApp) -> WebServer:
    """The server of an application that is opened and closed by who runs it."""
    return WebServer(
        uvicorn.Config(
            app, http=HttpProtocol, ws=FrameProtocol, lifespan="off",
            log_config=None, access_log=False, server_header=False,
            timeout_graceful_shutdown=SECONDS_TO_FINISH, timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
    )  # fmt: skip


async def run_up(
    settings: Settings, say: Say, ready: Ready, *, workers: int = 2, prepare: Prepare | None = None
) -> None:
    """Runs until a signal. `ready` is called once the hub answers. Raises AlreadyRunning, PortTaken.

    prepare: to be done before the hub opens, on the finished tables; cancelled by a signal.
    """
    settings, listener = listen(settings)
    with listener, only_hub(settings, settings.base_url):
        hub = create_app(settings)
        pages = Pages(hub, hub.api.router, settings.web_dist, https=settings.base_url.startswith("https://"))
        server = web_server(pages)
        server.farewell = partial(leave, hub.sockets, limit=SECONDS_TO_LEAVE)

        def stop() -> None:
            say("Stopping.")
            server.stop()

        with stop_signals(stop, server.hurry):
            await migrate(settings)
            await take_back(settings)
            if prepare and not await _done(prepare(settings), server):
                return
            async with children(settings, say) as supervisor, hub.open():
                if workers:  # not before: two processes that start on few cores take longer than one after the other
                    await supervisor.add(job_worker(settings, workers))
                await serve(server, listener, lambda: ready(settings, supervisor))


async def take_back(settings: Settings) -> None:
    """Jobs that were under way when the last hub on this data ended need not wait until their time is up."""
    async with Database(settings.sql_url, synchronous=settings.sqlite_synchronous) as database:
        await take_back_jobs(database)


async def _done(preparing: Coroutine[Any, Any, None], server: WebServer) -> bool:
    """False when a signal came first."""
    task = asyncio.create_task(preparing)
    while not task.done() and not server.should_exit:
        await asyncio.wait([task], timeout=0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=server.should_exit)
    return not server.should_exit


async def serve(server: WebServer, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answers until the server is stopped. `ready` is called when it began to."""
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():  # noqa: ASYNC110  uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    settle_garbage()
    if server.started:
        ready()
    await serving


def settle_garbage() -> None:
    """What stands after start-up stays: the collector need not look at it again on every round."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
