"""A server of ours on loopback, with nothing behind it."""

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
import socketio

from clubkit.realtime.engine_server import EngineServer
from clubkit.realtime.limits import SocketLimits
from clubkit.realtime.manager import RoomManager
from clubkit.realtime.ws_protocol import FrameProtocol
from clubkit.testing.loopback import served


@pytest.fixture(params=[FrameProtocol, "websockets-sansio"], ids=["straight", "slow"])
async def push_server(request: pytest.FixtureRequest) -> AsyncIterator[SimpleNamespace]:
    """Sockets enter the rooms named in their auth. On our WebSocket protocol, and on one without a link."""
    manager = RoomManager()
    sio: Any = EngineServer(limits=SocketLimits(), async_mode="asgi", client_manager=manager)

    async def connect(sid: str, _environ: Any, auth: Any) -> None:
        for room in auth or ():
            await sio.enter_room(sid, room)

    sio.on("connect", connect)
    async with served(socketio.ASGIApp(sio), request.param, hurried=True, log_level="critical") as url:
        yield SimpleNamespace(sio=sio, manager=manager, url=url)
