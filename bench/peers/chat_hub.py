"""Our socket server as a process of its own, with what a chat process has in front of a push: tokens, channels, rooms.

`python -m bench.peers.chat_hub PORT KEY PAYLOAD [REDIS_URL]`: asked over HTTP to tell a room, as bench/peers/node is.
"""

import asyncio
import gc
import os
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import orjson
import socketio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from clubkit.adapters.wire_redis import RedisWire
from clubkit.cache import Redis
from clubkit.clock import utc_now
from clubkit.identity import TokenVerifier
from clubkit.ids import ClubId, RoomId
from clubkit.ports import Ports
from clubkit.realtime.encoding import event_frame
from clubkit.realtime.limits import SocketLimits
from clubkit.realtime.room import window
from clubkit.realtime.server import SocketServer
from clubkit.realtime.sockets import SocketContext, Sockets
from clubkit.realtime.wire import club_channel, room_channel
from clubkit.tokens import JwtVerifier
from gateway import looping
from gateway.running import serve, web_server

MANY = 200_000
sockets = Sockets()
Answers = Mapping[str, Callable[[dict[str, str]], Awaitable[Any]]]


@sockets.on_connect
async def enter(context: SocketContext) -> None:
    await context.connection.enter(club_channel(ClubId("1")))
    await context.connection.enter(room_channel(RoomId(str(context.connection.auth["room"]))))


def socket_server(public_key: Ed25519PublicKey) -> SocketServer:
    async def find(_key_id: str) -> Ed25519PublicKey:
        return public_key

    ports = Ports()
    ports.provide(TokenVerifier, JwtVerifier(find, utc_now))
    limits = SocketLimits(per_address=MANY, strangers=MANY)
    server = SocketServer(ports, [sockets], origins=[], limits=limits)
    server.sio.eio.ping_interval = 3600
    return server


def descriptors(server: SocketServer) -> list[int]:
    """Of every WebSocket there is."""
    return [session.direct.descriptor for session in server.sio.eio.sockets.values()]


def answers(server: SocketServer, wire: RedisWire, payload: Mapping[str, Any]) -> Answers:
    async def tell(asked: dict[str, str]) -> Any:
        starts, channel = [], room_channel(RoomId(asked["room"]))
        for _ in range(int(asked["bursts"])):
            starts.append(time.monotonic())
            for _ in range(int(asked["messages"])):
                await wire.emit("room.event", payload, to=channel)
            await asyncio.sleep(float(asked["gap"]))
        return {"starts": starts}

    async def write(asked: dict[str, str]) -> Any:
        """The same bytes in as many writes, and nothing else: what the kernel takes, from a loop in Python."""
        frame, more = event_frame("room.event", payload), int(asked["messages"]) - 1
        sockets, starts = descriptors(server), []
        for _ in range(int(asked["bursts"])):
            starts.append(time.monotonic())
            for whole in [frame, frame * more] if more else [frame]:
                for each in sockets:
                    os.write(each, whole)
                await asyncio.sleep(window(len(sockets)))
            await asyncio.sleep(float(asked["gap"]))
        return {"starts": starts}

    async def count(_asked: dict[str, str]) -> Any:
        return {"open": len(server.sio.eio.sockets)}

    async def settle(asked: dict[str, str]) -> Any:
        gc.collect()
        return await count(asked)

    return {"tell": tell, "write": write, "count": count, "settle": settle}


async def run(port: int, key: bytes, payload: bytes, redis_url: str = "") -> None:
    public_key = load_pem_public_key(key)
    assert isinstance(public_key, Ed25519PublicKey)
    server = socket_server(public_key)
    redis: Redis = Redis.from_url(redis_url or "unix:///nowhere")
    wire = RedisWire(redis, server, alone=not redis_url)
    known = answers(server, wire, orjson.loads(payload))
    engine = socketio.ASGIApp(server.sio)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if not scope["path"].startswith("/bench/"):
            await engine(scope, receive, send)
            return
        asked = {key: values[0] for key, values in parse_qs(scope["query_string"].decode()).items()}
        body = orjson.dumps(await known[scope["path"].removeprefix("/bench/")](asked))
        headers = [(b"content-length", str(len(body)).encode()), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async with AsyncExitStack() as stack:
        stack.push_async_callback(redis.aclose)
        if redis_url:
            hearing = asyncio.create_task(wire.listen())
            stack.callback(hearing.cancel)
        await serve(web_server(app), socket.create_server(("127.0.0.1", port), backlog=4096), lambda: None)


if __name__ == "__main__":
    where, key, payload, *redis = sys.argv[1:]
    looping.run(run(int(where), Path(key).read_bytes(), Path(payload).read_bytes(), *redis))
