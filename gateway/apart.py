"""`hub serve`, `hub consume` and `hub relay`: parts of the hub as processes of their own, on shared servers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from chat_service.module import MODULE as CHAT
from clubkit.module import Module
from clubkit.realtime.leaving import leave
from clubkit.serving import Application, Roles
from clubkit.settings import Settings
from gateway.embedded import SERVICES
from gateway.entrance import Entrance, Say
from gateway.errors import NoSuchService, NothingToRelay
from gateway.health import telling
from gateway.pages import Pages
from gateway.running import listen, serve, settle_garbage, web_server
from gateway.supervising import stop_signals
from gateway.waiting import open_when_possible


def services(names: Sequence[str]) -> tuple[Module, ...]:
    """The modules of these names, all of them for no name. Raises NoSuchService."""
    known = {module.name: module for module in SERVICES}
    for name in names:
        if name not in known:
            raise NoSuchService(name, list(known))
    return tuple(known[name] for name in names) or SERVICES


async def run_serve(
    settings: Settings, modules: Sequence[Module], ready: Callable[[Settings], None], say: Say = print
) -> None:
    """Answers HTTP and sockets until a signal; consumers and jobs are other processes' work. Raises PortTaken.

    It listens at once, and is ready when its servers are. The process of chat answers the sockets of every service:
    an app holds one.
    """
    settings, listener = listen(settings)
    with_sockets = CHAT in modules
    roles = Roles(consumes=False, dispatches=False, indexes=False, sockets=with_sockets)
    hub = Application(settings, modules, roles, sockets=SERVICES if with_sockets else ())
    pages = Pages(hub, hub.api.router, settings.web_dist, https=settings.base_url.startswith("https://"))
    entrance = Entrance(hub.missing, pages)
    server = web_server(entrance)
    if with_sockets:
        server.farewell = partial(leave, hub.sockets)
    with listener, stop_signals(server.stop, server.hurry):
        async with _opening(hub, entrance, say, lambda: ready(settings)):
            await serve(server, listener, lambda: None)


async def run_consume(
    settings: Settings, modules: Sequence[Module], ready: Callable[[], None], say: Say = print
) -> None:
    """Feeds the log to these services and hands due jobs to workers, until a signal. Raises PortTaken."""
    roles = Roles(consumes=True, dispatches=True, indexes=True, serves=False, sockets=False)
    hub = Application(settings, modules, roles)
    await _until_stopped(hub, ready, say)


async def run_relay(settings: Settings, ready: Callable[[], None], say: Say = print) -> None:
    """Takes facts from where they wait to the log, until a signal. Raises NothingToRelay, PortTaken.

    Of the services it needs those that keep facts outside the outbox: chat's messages may carry their own.
    """
    if not settings.log_url:
        raise NothingToRelay
    hub = Application(
        settings,
        (CHAT,),
        Roles(consumes=False, dispatches=False, indexes=False, relays=True, serves=False, sockets=False),
    )
    await _until_stopped(hub, ready, say)


async def _until_stopped(hub: Application, ready: Callable[[], None], say: Say) -> None:
    """Runs what serves no members: it tells of its health, opens when its servers are there, and ends by a signal."""
    stopped, entrance = asyncio.Event(), Entrance(hub.missing)
    with stop_signals(stopped.set, stopped.set):
        async with telling(hub.settings, entrance), _opening(hub, entrance, say, ready, also=[hub.settings.log_url]):
            await stopped.wait()


@asynccontextmanager
async def _opening(
    hub: Application, entrance: Entrance, say: Say, ready: Callable[[], None], *, also: Sequence[str] = ()
) -> AsyncIterator[None]:
    """Has the hub opened beside what the block does, and closed behind it."""
    async with AsyncExitStack() as stack:

        async def opening() -> None:
            await open_when_possible(hub, stack, entrance, say, also=also)
            settle_garbage()
            ready()

        task = asyncio.create_task(opening(), name="opening")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
