"""A real HTTP server on a free loopback port that answers what a test tells it to."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.listening import listening

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Pages:
    """`site.pages["/x"] = answered(b"…")`. asked: the heads of all requests."""

    place: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(head)
            path = head.split(" ", 2)[1]
            await self.pages.get(path, answered(b"nothing here", status="404 Not Found"))(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def answered(body: bytes, *, status: str = "200 OK", **headers: str) -> Answer:
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(head.encode() + body)

    return answer


def redirected(to: str, status: str = "302 Found") -> Answer:
    return answered(b"", status=status, Location=to, Set_Cookie="tracked=1")


def dripping(piece: bytes, *, pause: float = 0.05) -> Answer:
    """Never comes to an end."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


@asynccontextmanager
async def a_site() -> AsyncIterator[Pages]:
    site = Pages()
    async with listening(site.serve) as site.place:
        yield site
