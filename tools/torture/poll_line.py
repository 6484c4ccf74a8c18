"""A line over HTTP long polling, for members whose network lets no WebSocket through."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import orjson

from tools.torture.line import Heard, Json, Line, LostError, let_in

PATH = "/socket.io/?EIO=4&transport=polling"
BETWEEN = b"\x1e"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class PollingLine(Line):
    """One connection asks for packets, the other brings ours; each has one request under way at most."""

    def __init__(self, port: int, auth: Json, heard: Heard) -> None:
        super().__init__(auth, heard)
        self._port = port
        self._path = PATH
        self._ours: asyncio.Queue[bytes] = asyncio.Queue()
        self._writers: list[asyncio.StreamWriter] = []
        self._tasks = [asyncio.create_task(self._run(self._hear()))]

    def abort(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        for task in self._tasks:
            task.cancel()
        self._is_lost()

    def _say(self, packet: bytes) -> None:
        self._ours.put_nowait(packet)

    async def _run(self, half: Coroutine[Any, Any, None]) -> None:
        """Half a line that ends, whyever, ends the line."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await half
        self.abort()

    async def _hear(self) -> None:
        streams = await self._connected()
        while True:
            for packet in (await _request(streams, "GET", self._path)).split(BETWEEN):
                if packet.startswith(b"0"):
                    self._path += f"&sid={orjson.loads(packet[1:])['sid']}"
                    self._tasks.append(asyncio.create_task(self._run(self._bring())))
                self._take(packet)

    async def _bring(self) -> None:
        streams = await self._connected()
        while True:
            packets = [await self._ours.get()]
            while not self._ours.empty():
                packets.append(self._ours.get_nowait())
            await _request(streams, "POST", self._path, BETWEEN.join(packets))

    async def _connected(self) -> Streams:
        streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 24)
        self._writers.append(streams[1])
        return streams


async def open_polling(port: int, auth: Json, heard: Heard, *, patience: float = 20.0) -> Line:
    """As `open_line`."""
    async with asyncio.timeout(patience):
        return await let_in(PollingLine(port, auth, heard))


async def _request(streams: Streams, method: str, path: str, body: bytes = b"") -> bytes:
    """The answer's body. Raises OSError, IncompleteReadError; LostError when the server refuses."""
    reader, writer = streams
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}Content-Type: text/plain;charset=UTF-8\r\n\r\n".encode() + body)
    await writer.drain()
    status, *headers = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
    lengths = [each for each in headers if each.startswith(b"content-length:")]
    if b" 200" not in status or not lengths:
        raise LostError
    return await reader.readexactly(int(lengths[0].partition(b":")[2]))
