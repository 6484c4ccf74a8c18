"""`hub serve` and `hub consume`: parts of the hub as processes of their own, on shared servers."""

import asyncio
from collections.abc import Callable, Sequence

from clubkit.module import Module
from clubkit.serving import Application, Roles
from clubkit.settings import Settings
from gateway.embedded import SERVICES
from gateway.errors import NoSuchService
from gateway.running import listen, serve, web_server
from gateway.supervising import stop_signals


def services(names: Sequence[str]) -> tuple[Module, ...]:
    """The modules of these names, all of them for no name. Raises NoSuchService."""
    known = {module.name: module for module in SERVICES}
    for name in names:
        if name not in known:
            raise NoSuchService(name, list(known))
    return tuple(known[name] for name in names) or SERVICES


async def run_serve(settings: Settings, modules: Sequence[Module], ready: Callable[[Settings], None]) -> None:
    """Answers HTTP and sockets until a signal; consumers and jobs are other processes' work. Raises PortTaken."""
    settings, listener = listen(settings)
    hub = Application(settings, modules, Roles(consumes=False, dispatches=False, indexes=False))
    server = web_server(hub)
    with listener, stop_signals(server.stop, server.hurry):
        async with hub.open():
            await serve(server, listener, lambda: ready(settings))


async def run_consume(settings: Settings, modules: Sequence[Module], ready: Callable[[], None]) -> None:
    """Feeds the log to these services and hands due jobs to workers, until a signal."""
    stopped = asyncio.Event()
    hub = Application(settings, modules, Roles(consumes=True, dispatches=True))
    with stop_signals(stopped.set, stopped.set):
        async with hub.open():
            ready()
            await stopped.wait()
