"""A server of ours on loopback, with nothing behind it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import socketio
import uvicorn

from clubkit.realtime.engine_server import EngineServer
from clubkit.realtime.limits import SocketLimits
from clubkit.realtime.manager import RoomManager
from clubkit.realtime.ws_protocol import FrameProtocol


@asynccontextmanager
async def served(app: Any, ws: Any = FrameProtocol) -> AsyncIterator[str]:
    """The base URL while the block lasts."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off", ws=ws)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn has no event to wait for
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        await serving


@pytest.fixture(params=[FrameProtocol, "websockets-sansio"], ids=["straight", "slow"])
async def push_server(request: pytest.FixtureRequest) -> AsyncIterator[SimpleNamespace]:
    """Sockets enter the rooms named in their auth. On our WebSocket protocol, and on one without a link."""
    manager = RoomManager()
    sio: Any = EngineServer(limits=SocketLimits(), async_mode="asgi", client_manager=manager)

    async def connect(sid: str, _environ: Any, auth: Any) -> None:
        for room in auth or ():
            await sio.enter_room(sid, room)

    sio.on("connect", connect)
    async with served(socketio.ASGIApp(sio), request.param) as url:
        yield SimpleNamespace(sio=sio, manager=manager, url=url)
