"""A process that is told to stop lets its sockets go first, each at a moment of its own."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import httpx
import pytest
import socketio

from clubkit.clock import utc_now
from clubkit.identity import Caller, TokenVerifier
from clubkit.ids import MemberId
from clubkit.ports import Ports
from clubkit.realtime import leaving
from clubkit.realtime.leaving import leave
from clubkit.realtime.limits import SocketLimits
from clubkit.realtime.server import SocketServer
from gateway.running import WebServer, serve, web_server


class Anybody:
    async def verify(self, token: str) -> Caller:
        return Caller(MemberId(token), "h", "Name", token, utc_now().replace(year=9999))


@asynccontextmanager
async def process(limit: float) -> AsyncIterator[tuple[str, WebServer, "asyncio.Task[None]", SocketServer]]:
    ports = Ports()
    ports.provide(TokenVerifier, Anybody())
    sockets = SocketServer(ports, [], origins=[], limits=SocketLimits())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = web_server(socketio.ASGIApp(sockets.sio))
        server.farewell = partial(leave, sockets, limit=limit)
        ready = asyncio.Event()
        running = asyncio.create_task(serve(server, listener, ready.set))
        await ready.wait()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", server, running, sockets
        server.hurry()
        await running


async def client(url: str, member: str) -> Any:
    """A connected app that notes when it is to come back."""
    app = socketio.AsyncClient(reconnection=False)
    app.told = asyncio.Queue()
    app.on("server.leaving", app.told.put_nowait)
    await app.connect(url, auth={"token": member}, transports=["websocket"])
    return app


async def test_sockets_are_told_and_the_process_ends_when_they_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "WITHIN_MS", 100)
    monkeypatch.setattr(leaving, "_STEP_MS", 1)
    async with process(limit=30) as (url, server, running, _):
        apps = [await client(url, str(n)) for n in range(20)]
        server.stop()
        moments = [(await asyncio.wait_for(app.told.get(), 5))["after_ms"] for app in apps]
        assert all(0 <= moment < 100 for moment in moments)
        assert len(set(moments)) > 3
        with pytest.raises(httpx.TransportError):
            await asyncio.to_thread(httpx.get, url, trust_env=False)
        assert not running.done()
        for app in apps:
            await app.disconnect()
        await asyncio.wait_for(running, 5)


async def test_pushes_go_on_until_the_end() -> None:
    async with process(limit=30) as (url, server, _, sockets):
        app = await client(url, "anna")
        heard: asyncio.Queue[Any] = asyncio.Queue()
        app.on("said", heard.put_nowait)
        server.stop()
        await asyncio.wait_for(app.told.get(), 5)
        await sockets.emit("said", {"n": 1}, to="member:anna")
        assert await asyncio.wait_for(heard.get(), 5) == {"n": 1}
        await app.disconnect()


async def test_who_does_not_listen_is_not_waited_for_for_ever() -> None:
    async with process(limit=0.1) as (url, server, running, _):
        app = await client(url, "anna")
        server.stop()
        await asyncio.wait_for(running, 5)
        await asyncio.wait_for(app.wait(), 5)


async def test_a_process_without_sockets_ends_at_once() -> None:
    async with process(limit=30) as (_, server, running, _sockets):
        server.stop()
        await asyncio.wait_for(running, 2)
