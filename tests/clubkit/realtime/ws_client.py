"""A WebSocket client that reads only when it is told to."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from websockets.frames import apply_mask  # type: ignore[attr-defined]

HEAD = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
MASK = b"\x01\x02\x03\x04"


def short_text(text: str) -> bytes:
    """A client's frame."""
    payload = text.encode()
    assert len(payload) < 126
    return bytes((0x81, 0x80 | len(payload))) + MASK + apply_mask(payload, MASK)


@asynccontextmanager
async def sign_in(url: str, auth: str, *, buffer: int) -> AsyncIterator[socket.socket]:
    """A socket that has read up to the answer to its CONNECT, with a receive buffer of its own size."""
    loop, where = asyncio.get_running_loop(), urlsplit(url)
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        client.setblocking(False)
        await loop.sock_connect(client, (where.hostname, where.port))
        await loop.sock_sendall(client, HEAD.encode())
        said = b""
        while b'"maxPayload"' not in said:
            said += await loop.sock_recv(client, 4096)
        await loop.sock_sendall(client, short_text("40" + auth))
        said = b""
        while b'40{"sid"' not in said:
            said += await loop.sock_recv(client, 4096)
        yield client
