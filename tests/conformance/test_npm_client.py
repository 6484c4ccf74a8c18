"""The `socket.io-client` of npm, unmodified, against our server: what it sees is what its authors promise."""

import asyncio
import contextlib
import json
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conformance.conftest import Serve
from tests.listening import listening

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
TRANSPORTS = ["websocket", "polling", "polling,websocket"]


@pytest.fixture(scope="module")
def node() -> str:
    """Node and the client are there where the web app was built; CI has them."""
    found = shutil.which("node", path=f"{ROOT / '.tools/bin'}{os.pathsep}{os.environ['PATH']}")
    if found and (WEB / "node_modules/socket.io-client").is_dir():
        return found
    if os.environ.get("CI"):
        pytest.fail("Node or socket.io-client is missing")
    pytest.skip("needs Node and web/node_modules")


class Wire:
    """Passes bytes on between an app and a server, until it is cut."""

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self._open: set[asyncio.StreamWriter] = set()

    async def joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            there_reader, there_writer = await asyncio.open_connection(*self._there)
            self._open |= {writer, there_writer}
            await asyncio.gather(self._pass(reader, there_writer), self._pass(there_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()
        self._open.discard(writer)

    def cut(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()


@contextlib.asynccontextmanager
async def wired(url: str) -> AsyncIterator[tuple[str, Wire]]:
    address = urlsplit(url)
    wire = Wire(str(address.hostname), int(address.port or 0))
    async with listening(wire.joined) as place:
        yield f"http://{place}", wire
        wire.cut()


async def run(node: str, url: str, scenario: str, transports: str) -> dict[str, Any]:
    async with wired(url) as (through, wire):
        app = await asyncio.create_subprocess_exec(
            node, str(Path(__file__).with_name("app.mjs")), str(WEB), through, scenario, transports,
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert app.stdout is not None
        try:
            async with asyncio.timeout(30):
                while (line := (await app.stdout.readline()).decode().strip()) == "cut":
                    wire.cut()
                assert await app.wait() == 0
        finally:
            if app.returncode is None:
                app.kill()
                await app.wait()
    return json.loads(line)  # type: ignore[no-any-return]


@pytest.fixture(params=TRANSPORTS)
def transports(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_events_acks_binary_timeouts_and_an_end(serve: Serve, node: str, transports: str) -> None:
    server = await serve(interval=5, timeout=5)
    assert await run(node, server.raw.url, "talk", transports) == {
        "told": {"token": "123"},
        "event": [1, "2", {"3": [True]}],
        "ack": "x",
        "binary": [1, 2, 3],
        "late": "operation has timed out",
        "left": "io server disconnect",
    }


async def test_namespaces_on_one_line_and_refusals_with_reasons(serve: Serve, node: str, transports: str) -> None:
    server = await serve(interval=5, timeout=5)
    assert await run(node, server.raw.url, "namespaces", transports) == {
        "shared": True,
        "custom": "there",
        "unknown": "Invalid namespace",
        "barred": ["Not you", {"code": "barred"}],
        "after": "still",
    }


async def test_three_hundred_events_at_once_stay_in_order(serve: Serve, node: str, transports: str) -> None:
    server = await serve(interval=5, timeout=5)
    saw = await run(node, server.raw.url, "burst", transports)
    assert saw["inOrder"]


async def test_nothing_is_lost_doubled_or_turned_round_by_the_upgrade(serve: Serve, node: str) -> None:
    server = await serve(interval=5, timeout=5)
    saw = await run(node, server.raw.url, "upgrade", "polling,websocket")
    assert saw == {"from": "polling", "to": "websocket", "inOrder": True}


async def test_a_cut_line_is_opened_again_and_what_waited_is_sent(serve: Serve, node: str, transports: str) -> None:
    server = await serve(interval=5, timeout=5)
    saw = await run(node, server.raw.url, "loss", transports)
    assert saw["reason"] in {"transport close", "transport error"}
    assert (saw["another"], saw["buffered"]) == (True, [1, 2, 3])


async def test_the_heartbeat_keeps_a_quiet_app(serve: Serve, node: str, transports: str) -> None:
    server = await serve()
    assert await run(node, server.raw.url, "heartbeat", transports) == {"alive": True}
