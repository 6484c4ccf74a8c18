"""One connection, spoken by hand and as cheaply as Python can: the load takes little from what is tortured."""

import asyncio
import base64
import contextlib
import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import orjson

HELLO = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
)
ANSWER_SECONDS = 20.0
_CLOSE = 0x8
Json = dict[str, Any]
Heard = Callable[[str, Any], None]


class LostError(ConnectionError):
    """The line is gone; what was asked may or may not have been done."""


class Line(ABC):
    """A joined Socket.IO session. Answers pings; hands on events; fails what is asked once it is lost."""

    def __init__(self, auth: Json, heard: Heard) -> None:
        self._auth, self._heard = auth, heard
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        loop = asyncio.get_running_loop()
        self.joined: asyncio.Future[None] = loop.create_future()
        self.lost: asyncio.Future[None] = loop.create_future()

    async def ask(self, event: str, payload: Json) -> Any:
        """The acknowledgement. A server that does not answer is left. Raises LostError."""
        if self.lost.done():
            raise LostError
        self._number += 1
        number = self._number
        self._asked[number] = answer = asyncio.get_running_loop().create_future()
        self._say(b"42%d" % number + orjson.dumps([event, payload]))
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await answer
        except TimeoutError:
            self.abort()
            raise LostError from None
        finally:
            self._asked.pop(number, None)

    @abstractmethod
    def abort(self) -> None:
        """Drops the line as a network does: without a word."""

    @abstractmethod
    def _say(self, packet: bytes) -> None: ...

    def _is_lost(self) -> None:
        if not self.lost.done():
            self.lost.set_result(None)
        for future in (self.joined, *self._asked.values()):
            if not future.done():
                future.set_exception(LostError())
                future.exception()  # whoever asked may be gone too

    def _take(self, packet: bytes) -> None:
        if packet.startswith(b"42"):
            event, *arguments = orjson.loads(packet[2:])
            self._heard(event, arguments[0] if arguments else None)
        elif packet.startswith(b"43"):
            number, _, rest = packet[2:].partition(b"[")
            answer = self._asked.get(int(number))
            if answer is not None and not answer.done():
                answer.set_result(orjson.loads(b"[" + rest)[0])
        elif packet == b"2":
            self._say(b"3")
        elif packet.startswith(b"0"):
            self._say(b"40" + orjson.dumps(self._auth))
        elif packet.startswith(b"40") and not self.joined.done():
            self.joined.set_result(None)
        elif packet.startswith((b"41", b"44")):
            self.abort()


class WebSocketLine(Line, asyncio.Protocol):
    """Made by `open_line`."""

    def __init__(self, auth: Json, heard: Heard) -> None:
        super().__init__(auth, heard)
        self._transport: Any = None
        self._bytes = bytearray()
        self._upgraded = False

    def abort(self) -> None:
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        self._transport.write(HELLO.format(key=key).encode())

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_lost()

    def data_received(self, data: bytes) -> None:
        self._bytes += data
        if not self._upgraded:
            head, end, _ = self._bytes.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head.partition(b"\r\n")[0]:
                self._transport.abort()
                return
            del self._bytes[: len(head) + 4]
            self._upgraded = True
        self._frames()

    def _frames(self) -> None:
        at, have = 0, self._bytes
        while len(have) - at >= 2:
            size, start = have[at + 1], at + 2
            if size >= 126:
                wide = 2 if size == 126 else 8
                if len(have) - start < wide:
                    break
                size, start = int.from_bytes(have[start : start + wide], "big"), start + wide
            if len(have) - start < size:
                break
            if have[at] & 0x0F == _CLOSE:
                self._transport.abort()
                return
            self._take(bytes(have[start : start + size]))
            at = start + size
        del have[:at]

    def _say(self, packet: bytes) -> None:
        size = len(packet)
        if size < 126:
            head = bytes((0x81, 0x80 | size))
        elif size < 1 << 16:
            head = bytes((0x81, 0xFE)) + size.to_bytes(2, "big")
        else:
            head = bytes((0x81, 0xFF)) + size.to_bytes(8, "big")
        self._transport.write(head + b"\0\0\0\0" + packet)


async def open_line(port: int, auth: Json, heard: Heard, *, patience: float = 20.0, address: str = "") -> Line:
    """A line that is let in, from `address` if one is given. Raises OSError (LostError among them), TimeoutError."""
    async with asyncio.timeout(patience):
        loop, whence = asyncio.get_running_loop(), (address, 0) if address else None
        made = loop.create_connection(lambda: WebSocketLine(auth, heard), "127.0.0.1", port, local_addr=whence)
        _, line = await made
        return await let_in(line)


async def let_in(line: Line) -> Line:
    """Waits for the server's word; leaves a line that does not get it."""
    try:
        await line.joined
    except BaseException:
        with contextlib.suppress(Exception):
            line.abort()
        raise
    return line
