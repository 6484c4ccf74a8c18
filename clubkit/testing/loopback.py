"""An application behind a real uvicorn, on a free port of this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from clubkit.realtime.http_protocol import HttpProtocol
from clubkit.realtime.ws_protocol import FrameProtocol


@asynccontextmanager
async def served(
    app: Any, ws: Any = FrameProtocol, *, hurried: bool = False, log_level: str = "warning", **options: Any
) -> AsyncIterator[str]:
    """The base URL while the block lasts. hurried: at its end, requests are not waited for."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, http=HttpProtocol, ws=ws, lifespan="off", log_level=log_level, **options
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn has no event to wait for
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit, server.force_exit = True, hurried
        await serving
