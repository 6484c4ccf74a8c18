"""Ten thousand frames that are wrong in ten thousand ways: each connection is ended, none is left, nothing is kept."""

import asyncio
import gc
import json
import os
import random
from collections.abc import Iterator
from urllib.parse import urlsplit

import psutil
import pytest

from clubkit.realtime.engine_session import Session
from tests.conformance.conftest import STOCK, Serve
from tests.conformance.raw import Raw, hear, until

AT_ONCE, SEED = 40, 20261121
FRAMES = {"ours": 10_000, "uvicorn": 1_000}
HEAD = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
VALID = ["40", '40{"a":1}', '42["message",1]', '421["message-with-ack"]', '451-["message"]', "41", '431["x"]', "3", "1"]


def masked(first: int, payload: bytes, size: int | None = None) -> bytes:
    """A client's frame, whose size may be a lie."""
    size = len(payload) if size is None else size
    if size < 126:
        head = bytes((first, 0x80 | size))
    elif size < 1 << 16:
        head = bytes((first, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, 0x80 | 127)) + size.to_bytes(8, "big")
    return head + bytes(4) + payload


def malformed(chance: random.Random) -> bytes:
    match chance.randrange(6):
        case 0:  # not a WebSocket frame at all
            return chance.randbytes(chance.randrange(1, 60))
        case 1:  # a frame of a strange kind, or with strange bits
            return masked(chance.randrange(256), chance.randbytes(chance.randrange(40)))
        case 2:  # a frame that says it is longer than anything
            return masked(0x81, b"42[", size=chance.choice([1 << 24, 1 << 40, (1 << 63) - 1]))
        case 3:  # text that is no packet
            return masked(0x81, chance.randbytes(chance.randrange(30)))
        case 4:  # a packet with a wound
            return masked(0x81, b"40") + masked(0x81, _wounded(chance))
        case _:  # JSON without a floor
            deep = chance.choice("[{") * chance.randrange(500, 5000)
            return masked(0x81, b"40") + masked(0x81, f'451-["message",{deep}'.encode())


def _wounded(chance: random.Random) -> bytes:
    packet = bytearray(chance.choice(VALID).encode())
    for _ in range(chance.randrange(1, 4)):
        packet.insert(chance.randrange(len(packet) + 1), chance.randrange(256))
    return bytes(packet)


async def throw(raw: Raw, frame: bytes) -> None:
    """Opens a connection, says it, and stays until the server hangs up, or a little while."""
    address = urlsplit(raw.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        writer.write(HEAD)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(frame)
        async with asyncio.timeout(0.1):
            while await reader.read(65536):
                pass
    except (TimeoutError, OSError):
        pass  # what it said was harmless, or not finished
    finally:
        writer.close()


@pytest.mark.skipif(STOCK, reason="the stock server keeps its sessions")
async def test_ten_thousand_malformed_frames_leave_nothing_behind(serve: Serve, request: pytest.FixtureRequest) -> None:
    server, chance = await serve(interval=300), random.Random(SEED)
    half = FRAMES[request.node.callspec.params["serve"]] // 2
    process, rss = psutil.Process(os.getpid()), []
    async with server.raw.joined() as witness:
        for _ in range(2):
            frames = iter([malformed(chance) for _ in range(half)])
            await asyncio.gather(*(_throw_all(server.raw, frames) for _ in range(AT_ONCE)))
            await until(lambda: len(server.sio.eio.sockets) == 1)
            gc.collect()
            rss.append(process.memory_info().rss)
        await witness.send('42["message","still here"]')
        assert json.loads((await hear(witness))[2:]) == ["message-back", "still here"]
    await until(lambda: not server.sio.eio.sockets)
    assert not server.sio._partials
    assert not server.sio.environ
    assert (server.sio.eio.strangers, dict(server.sio.eio.by_address)) == (0, {})
    assert not [one for one in gc.get_objects() if type(one) is Session and not one.closed]
    assert rss[1] - rss[0] < 20 * 1024 * 1024


async def _throw_all(raw: Raw, frames: Iterator[bytes]) -> None:
    for frame in frames:
        await throw(raw, frame)
