"""The port on which a process that serves no members tells whether it is alive, ready, and how it does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from clubkit.settings import Settings
from gateway.running import WebServer, listen


@asynccontextmanager
async def telling(settings: Settings, entrance: ASGIApp) -> AsyncIterator[str]:
    """Answers at `health_port` while the block lasts; yields the address, empty when no port is set.

    Raises PortTaken.
    """
    if settings.health_port is None:
        yield ""
        return
    settings, listener = listen(settings.model_copy(update={"port": settings.health_port}), asked=True)
    config = uvicorn.Config(entrance, log_config=None, access_log=False, server_header=False, lifespan="off")
    server = WebServer(config)
    answering = asyncio.create_task(server.serve(sockets=[listener]), name="health")
    try:
        yield settings.base_url if not settings.public_url else f"http://{settings.host}:{settings.port}"
    finally:
        server.hurry()
        await answering
        listener.close()
