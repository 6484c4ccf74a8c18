"""A server of ours on loopback, with a few namespaces to talk to.

HUB_TEST_ENGINE=stock runs the same tests against python-socketio as it comes: that is how the table in
docs/conformance.md was made.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import socketio

from clubkit.realtime.engine_server import EngineServer
from clubkit.realtime.limits import SocketLimits
from clubkit.realtime.manager import RoomManager
from clubkit.realtime.ws_protocol import FrameProtocol
from clubkit.testing.loopback import served
from tests.conformance.raw import Raw

STOCK = os.environ.get("HUB_TEST_ENGINE") == "stock"
INTERVAL, TIMEOUT = 0.3, 0.2
PACKET_BYTES = 100_000
PROTOCOLS: dict[str, Any] = {"ours": FrameProtocol, "uvicorn": "websockets-sansio"}

Serve = Callable[..., Any]


def talker(*, origins: Any = "*", interval: float = INTERVAL, timeout: float = TIMEOUT, **limits: Any) -> Any:
    """A Socket.IO server that echoes: what it is asked to, to a client that connects to "/" or "/custom"."""
    common = {"async_mode": "asgi", "cors_allowed_origins": origins, "ping_interval": interval, "ping_timeout": timeout}
    if STOCK:
        sio: Any = socketio.AsyncServer(**common, max_http_buffer_size=PACKET_BYTES, namespaces=["/", "/custom"])
    else:
        limited = SocketLimits(**{"packet_bytes": PACKET_BYTES, **limits})
        sio = EngineServer(limits=limited, client_manager=RoomManager(), **common)
    sio.left, sio.told = [], {}
    for namespace in ("/", "/custom"):
        _talk(sio, namespace)
    return sio


async def _let_in(auth: Any) -> bool:
    """Lets in or not, as the app asks."""
    match auth:
        case {"refuse": "plainly"}:
            raise socketio.exceptions.ConnectionRefusedError("Not you")
        case {"refuse": "with reasons"}:
            raise socketio.exceptions.ConnectionRefusedError("Not you", {"code": "barred"})
        case {"refuse": "by mistake"}:
            raise RuntimeError("a mistake of ours")
        case {"wait": seconds}:
            await asyncio.sleep(seconds)
    return auth != {"refuse": "silently"}


def _talk(sio: Any, namespace: str) -> None:
    async def connect(sid: str, _environ: Any, auth: Any = None) -> bool:
        sio.told[sid] = auth
        return await _let_in(auth)

    async def disconnect(_sid: str, reason: str) -> None:
        sio.left.append((namespace, reason))

    async def message(sid: str, *arguments: Any) -> None:
        await sio.emit("message-back", arguments, to=sid, namespace=namespace)

    async def message_with_ack(_sid: str, *arguments: Any) -> Any:
        return arguments

    async def what_i_told(sid: str) -> Any:
        return sio.told[sid]

    async def leave(sid: str, *_: Any) -> None:
        await sio.disconnect(sid, namespace)

    events = {"connect": connect, "disconnect": disconnect, "message": message, "what-i-told": what_i_told}
    for name, handler in {**events, "message-with-ack": message_with_ack, "leave": leave}.items():
        sio.on(name, handler, namespace=namespace)


@pytest.fixture(params=["uvicorn"] if STOCK else ["ours", "uvicorn"])
async def serve(request: pytest.FixtureRequest) -> AsyncIterator[Serve]:
    """`server = await serve(...)`: a talker on our WebSocket protocol class, and on uvicorn's own."""
    async with AsyncExitStack() as stack:

        async def start(**options: Any) -> SimpleNamespace:
            sio = talker(**options)
            listening = served(socketio.ASGIApp(sio), PROTOCOLS[request.param], hurried=True, log_level="critical")
            url = await stack.enter_async_context(listening)
            http = await stack.enter_async_context(httpx.AsyncClient(base_url=url, timeout=5, trust_env=False))
            return SimpleNamespace(sio=sio, raw=Raw(url, http))

        yield start


@pytest.fixture
async def raw(serve: Serve) -> Raw:
    """A talker as it is by default, spoken to by hand."""
    return (await serve()).raw  # type: ignore[no-any-return]
