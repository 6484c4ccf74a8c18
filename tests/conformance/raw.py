"""Engine.IO spoken by hand: plain HTTP requests and plain WebSockets, so that no library smooths it over."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

SEPARATOR = "\x1e"
PATIENCE = 5.0
"""Seconds until a test gives up waiting for something that should come at once."""


@dataclass
class Polling:
    """One session over HTTP."""

    http: httpx.AsyncClient
    handshake: dict[str, Any]

    @property
    def sid(self) -> str:
        return str(self.handshake["sid"])

    @property
    def query(self) -> dict[str, str]:
        return {"EIO": "4", "transport": "polling", "sid": self.sid}

    async def get(self) -> httpx.Response:
        return await self.http.get("/socket.io/", params=self.query)

    async def post(self, body: str | bytes | AsyncIterator[bytes], **headers: str) -> httpx.Response:
        return await self.http.post("/socket.io/", params=self.query, content=body, headers=headers)

    async def packets(self) -> list[str]:
        """What one GET answers, without heartbeats."""
        while True:
            answer = await self.get()
            assert answer.status_code == 200, answer.text
            if found := [packet for packet in answer.text.split(SEPARATOR) if packet != "2"]:
                return found
            await self.post("3")

    async def gather(self, count: int) -> list[str]:
        """The next `count` packets, over as many GETs as it takes."""
        found: list[str] = []
        while len(found) < count:
            found += await self.packets()
        return found

    async def is_over(self) -> bool:
        return (await self.get()).status_code == 400


@dataclass
class Raw:
    """A server under test."""

    url: str
    http: httpx.AsyncClient

    async def poll(self) -> Polling:
        answer = await self.http.get("/socket.io/", params={"EIO": "4", "transport": "polling"})
        assert answer.status_code == 200, answer.text
        assert answer.text[0] == "0"
        return Polling(self.http, json.loads(answer.text[1:]))

    async def joined_by_polling(self, namespace: str = "") -> Polling:
        session = await self.poll()
        assert (await session.post(f"40{namespace}")).status_code == 200
        assert (await session.packets())[0].startswith(f"40{namespace}")
        return session

    def address(self, **query: str) -> str:
        return f"{self.url.replace('http', 'ws', 1)}/socket.io/?{httpx.QueryParams(query)}"

    @asynccontextmanager
    async def socket(self, *, origin: Any = None, **query: str) -> AsyncIterator[ClientConnection]:
        """A WebSocket with this query, nothing said yet."""
        opening = connect(
            self.address(**query), compression=None, ping_interval=None, max_size=None, proxy=None, origin=origin,
            close_timeout=1,
        )  # fmt: skip
        async with opening as websocket:
            yield websocket

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[ClientConnection]:
        """A session that begins on a WebSocket, after its handshake."""
        async with self.socket(EIO="4", transport="websocket") as websocket:
            assert (await hear(websocket)).startswith("0{")
            yield websocket

    @asynccontextmanager
    async def joined(self, namespace: str = "", auth: str = "") -> AsyncIterator[ClientConnection]:
        """A session on a WebSocket that is connected to a namespace (`"/custom,"`)."""
        async with self.opened() as websocket:
            await websocket.send(f"40{namespace}{auth}")
            assert (await hear(websocket)).startswith(f'40{namespace}{{"sid"')
            yield websocket


async def hear(websocket: ClientConnection) -> Any:
    """The next packet that is not a heartbeat; heartbeats are answered."""
    while True:
        packet = await asyncio.wait_for(websocket.recv(), PATIENCE)
        if packet != "2":
            return packet
        await websocket.send("3")


async def closed(websocket: ClientConnection) -> tuple[int, str]:
    """Waits for the server to close; answers its code and reason."""
    try:
        while True:
            await asyncio.wait_for(websocket.recv(), PATIENCE)
    except ConnectionClosed as gone:
        return (gone.rcvd.code, gone.rcvd.reason) if gone.rcvd else (1006, "")


async def until(condition: Callable[[], object]) -> None:
    """Waits for what nobody announces."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def silent(websocket: ClientConnection, seconds: float = 0.15) -> bool:
    """Whether nothing but heartbeats comes for a while."""
    try:
        async with asyncio.timeout(seconds):
            return not await hear(websocket)
    except TimeoutError:
        return True


def each(packets: list[str]) -> Iterator[Any]:
    """The JSON of Socket.IO packets, whatever their head."""
    for packet in packets:
        yield json.loads(packet[min(i for i, c in enumerate(packet) if c in "[{") :])
