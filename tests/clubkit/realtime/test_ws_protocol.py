"""Our WebSockets, as uvicorn serves them, against an independent client and against bare bytes."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from uvicorn.protocols.utils import ClientDisconnected
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from clubkit.realtime import frames
from clubkit.realtime.ws_protocol import BEHIND_BYTES, LINK, MOST_BYTES, FrameProtocol
from clubkit.testing.loopback import served

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
HEAD = (
    "GET /x HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: {version}\r\nSec-WebSocket-Key: {key}\r\n\r\n"
)
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


async def echo(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while (event := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": event.get("text"), "bytes": event.get("bytes")})


@asynccontextmanager
async def serving(app: App, **options: Any) -> AsyncIterator[int]:
    async with served(app, **options) as url:
        yield int(url.rsplit(":", 1)[1])


@asynccontextmanager
async def talking(app: App = echo, **options: Any) -> AsyncIterator[ClientConnection]:
    async with serving(app, **options) as port, connect(f"ws://127.0.0.1:{port}/x?y=1", max_size=None) as client:
        yield client


async def opened(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection of bare bytes, after its handshake."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD.format(version=13, key=KEY).encode())
    head = await reader.readuntil(b"\r\n\r\n")
    assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head  # the answer to this key, as the RFC prints it
    return reader, writer


@pytest.mark.parametrize("size", [0, 1, 126, 70_000, 1_000_000])
async def test_texts_and_bytes_come_back_as_they_went(size: int) -> None:
    async with talking() as client:
        for message in ("ä" * (size // 2), b"\x00" * size):
            await client.send(message)
            assert await client.recv() == message


async def test_a_message_in_pieces_is_one_message() -> None:
    async with talking() as client:
        await client.send(["one ", "two ", "three"])
        assert await client.recv() == "one two three"


async def test_a_ping_is_answered_with_what_it_carried() -> None:
    async with talking() as client:
        await asyncio.wait_for(await client.ping(b"still there?"), 5)


async def test_deflate_is_not_agreed_to() -> None:
    async with talking() as client:
        assert client.response is not None
        assert "Sec-WebSocket-Extensions" not in client.response.headers


async def test_the_application_may_close_with_a_reason() -> None:
    async def app(_scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 4003, "reason": "not you"})
        assert (await receive())["type"] == "websocket.disconnect"

    async with talking(app) as client:
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert (client.close_code, client.close_reason) == (4003, "not you")


async def test_the_application_hears_how_a_peer_left() -> None:
    left: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def app(_scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        left.put_nowait(await receive())

    async with serving(app) as port:
        async with connect(f"ws://127.0.0.1:{port}/") as client:
            await client.close(4001, "home")
        assert await asyncio.wait_for(left.get(), 5) == {
            "type": "websocket.disconnect", "code": 4001, "reason": "home",
        }  # fmt: skip
        _, writer = await opened(port)
        writer.transport.abort()
        assert (await asyncio.wait_for(left.get(), 5))["type"] == "websocket.disconnect"


async def test_an_application_may_refuse_with_an_answer_of_its_own() -> None:
    async def app(_scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.http.response.start", "status": 400, "headers": [(b"x-why", b"because")]})
        await send({"type": "websocket.http.response.body", "body": b"{}"})

    async with serving(app) as port:
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://127.0.0.1:{port}/")
        response = refused.value.response
        assert (response.status_code, response.headers["x-why"], response.body) == (400, "because", b"{}")


async def test_a_close_before_the_handshake_is_a_refusal() -> None:
    async def app(_scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.close"})

    async with serving(app) as port:
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://127.0.0.1:{port}/")
        assert refused.value.response.status_code == 403


async def test_an_application_that_fails_answers_500(caplog: pytest.LogCaptureFixture) -> None:
    async def app(_scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        raise RuntimeError("boom")

    async with serving(app) as port:
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://127.0.0.1:{port}/")
        assert refused.value.response.status_code == 500


@pytest.mark.parametrize(("version", "key", "status"), [("8", KEY, 426), ("13", "c2hvcnQ=", 400), ("13", "?", 400)])
async def test_a_bad_handshake_is_refused(version: str, key: str, status: int) -> None:
    async with serving(echo) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD.format(version=version, key=key).encode())
        answer = await reader.read()
        assert answer.startswith(f"HTTP/1.1 {status} ".encode())
        writer.close()


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\x81\x01x", 1002), (b"\x81\x81\x00\x00\x00\x00\xff", 1007), (b"\x82\xff" + struct.pack("!Q", 2**30), 1009)],
)
async def test_who_breaks_the_protocol_is_told_why_and_closed(data: bytes, code: int) -> None:
    async with serving(echo) as port:
        reader, writer = await opened(port)
        writer.write(data)
        answer = await asyncio.wait_for(reader.read(), 5)
        assert answer[:1] == b"\x88"
        assert struct.unpack("!H", answer[2:4]) == (code,)
        writer.close()


async def test_a_peer_that_never_answers_a_close_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clubkit.realtime.ws_protocol._CLOSING_SECONDS", 0.05)

    async def app(_scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})

    async with serving(app) as port:
        reader, writer = await opened(port)
        with contextlib.suppress(ConnectionError):
            assert (await asyncio.wait_for(reader.read(), 5))[:1] == b"\x88"
        writer.close()


async def test_the_server_says_that_it_goes() -> None:
    async with serving(echo) as port:
        client = await connect(f"ws://127.0.0.1:{port}/")
    with pytest.raises(ConnectionClosed):
        await client.recv()
    assert client.close_code == 1012


async def test_more_than_an_application_takes_waits_outside() -> None:
    go, held = asyncio.Event(), asyncio.Queue[Any]()

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        held.put_nowait(scope["extensions"][LINK])
        await go.wait()
        while (event := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": event["text"]})

    async with talking(app) as client:
        protocol = await held.get()
        sending = asyncio.create_task(_send_many(client, 2000))
        while not protocol._paused:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        go.set()
        assert [await client.recv() for _ in range(2000)] == [str(n) for n in range(2000)]
        await sending


async def _send_many(client: ClientConnection, many: int) -> None:
    for n in range(many):
        await client.send(str(n))


@pytest.fixture
async def unread() -> AsyncIterator[tuple[FrameProtocol, socket.socket]]:
    """The server's end of a connection, and a client that does not read."""
    held: asyncio.Queue[FrameProtocol] = asyncio.Queue()

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        held.put_nowait(scope["extensions"][LINK])
        await receive()

    async with serving(app) as port:
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.setblocking(False)
            loop = asyncio.get_running_loop()
            await loop.sock_connect(client, ("127.0.0.1", port))
            await loop.sock_sendall(client, HEAD.format(version=13, key=KEY).encode())
            await loop.sock_recv(client, 1000)
            yield await held.get(), client


async def test_who_does_not_read_is_behind_until_it_does(unread: tuple[FrameProtocol, socket.socket]) -> None:
    protocol, client = unread
    told: list[bool] = []
    caught_up = asyncio.Event()
    protocol.on_pressure = lambda behind: (told.append(behind), behind or caught_up.set())  # type: ignore[func-returns-value]
    frame = frames.text_frame(b"x" * 10_000)
    while not told:
        protocol.push(frame)
        await asyncio.sleep(0)
    assert told == [True]
    protocol.push(frame)
    assert BEHIND_BYTES < protocol.waiting < BEHIND_BYTES + 2 * len(frame)
    while not caught_up.is_set():
        await asyncio.get_running_loop().sock_recv(client, 65536)
    assert told == [True, False]


async def test_nothing_is_written_to_the_descriptor_of_who_is_leaving(
    unread: tuple[FrameProtocol, socket.socket],
) -> None:
    protocol, _ = unread
    assert (protocol.queued(), protocol.descriptor > 0) == (0, True)
    protocol.abort()
    async with asyncio.timeout(5):
        while protocol.descriptor >= 0:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert protocol.queued() > 0


async def test_nothing_follows_a_close_past_the_transport(unread: tuple[FrameProtocol, socket.socket]) -> None:
    protocol, _ = unread
    await protocol.send({"type": "websocket.close"})
    assert (protocol.queued() > 0, protocol.descriptor) == (True, -1)


async def test_who_does_not_read_holds_nothing_up_at_the_end(
    unread: tuple[FrameProtocol, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clubkit.realtime.ws_protocol._CLOSING_SECONDS", 0.05)
    protocol, client = unread
    while protocol.waiting < 100_000:
        protocol.write(frames.text_frame(b"x" * 10_000))
        await asyncio.sleep(0)
    await asyncio.get_running_loop().sock_sendall(client, b"\x83\x80\x00\x00\x00\x00")
    async with asyncio.timeout(5):
        while protocol.waiting:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_who_never_reads_is_given_up_and_its_memory_freed(unread: tuple[FrameProtocol, socket.socket]) -> None:
    protocol, _ = unread
    most = 0

    async def say_on_and_on() -> None:
        nonlocal most
        while True:
            await protocol.send({"type": "websocket.send", "text": "x" * 10_000})
            most = max(most, protocol.waiting)
            await asyncio.sleep(0)

    with pytest.raises(ClientDisconnected):
        await say_on_and_on()
    assert most <= MOST_BYTES
    assert protocol.waiting == 0
    protocol.write(b"nothing happens")
