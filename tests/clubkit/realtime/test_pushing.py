"""What is pushed arrives, in order, the same by every path, and only where it should."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import socketio
from websockets.asyncio.client import ClientConnection, connect

from clubkit.realtime.encoding import event_frame, event_text
from clubkit.realtime.frames import text_frame
from clubkit.realtime.room import window

PAYLOAD = {"body": 'Grüße, 世界 \u2028 \x1e "quoted" \\ 🙂', "n": 1.5, "none": None}


@asynccontextmanager
async def browser(server: SimpleNamespace, *rooms: str, transport: str = "websocket") -> AsyncIterator[SimpleNamespace]:
    """A stock client that notes what it hears."""
    client = socketio.AsyncClient(reconnection=False)
    heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
    client.on("*", lambda event, *data: heard.put_nowait((event, *data)))
    await client.connect(server.url, transports=[transport], auth=dict.fromkeys(rooms, True))
    try:
        yield SimpleNamespace(heard=heard, sid=client.get_sid(), client=client)
    finally:
        await client.disconnect()


async def events(listener: SimpleNamespace, many: int) -> list[Any]:
    return [await asyncio.wait_for(listener.heard.get(), 5) for _ in range(many)]


@asynccontextmanager
async def bare(server: SimpleNamespace, room: str) -> AsyncIterator[ClientConnection]:
    """A WebSocket whose packets are seen as they are."""
    url = server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    async with connect(url) as client:
        await client.recv()
        await client.send(f'40{{"{room}":true}}')
        await client.recv()
        yield client


async def test_a_room_hears_and_others_do_not(push_server: SimpleNamespace) -> None:
    async with browser(push_server, "a") as anna, browser(push_server, "a", "b") as ben, browser(push_server) as zed:
        await push_server.sio.emit("said", PAYLOAD, room="a")
        await push_server.sio.emit("said", 2, room="b")
        await push_server.sio.emit("bye")
        assert await events(anna, 2) == [("said", PAYLOAD), ("bye",)]
        assert await events(ben, 3) == [("said", PAYLOAD), ("said", 2), ("bye",)]
        assert await events(zed, 1) == [("bye",)]


async def test_one_may_be_left_out_and_one_alone_be_told(push_server: SimpleNamespace) -> None:
    async with browser(push_server, "a") as anna, browser(push_server, "a") as ben:
        await push_server.sio.emit("said", 1, room="a", skip_sid=anna.sid)
        await push_server.sio.emit("said", 2, to=anna.sid)
        await push_server.sio.emit("said", 3, room="a")
        assert await events(anna, 2) == [("said", 2), ("said", 3)]
        assert await events(ben, 2) == [("said", 1), ("said", 3)]


async def test_who_left_a_room_hears_no_more_of_it(push_server: SimpleNamespace) -> None:
    async with browser(push_server, "a") as anna:
        await push_server.sio.leave_room(anna.sid, "a")
        await push_server.sio.emit("said", 1, room="a")
        await push_server.sio.emit("said", 2, to=anna.sid)
        assert await events(anna, 1) == [("said", 2)]


async def test_acks_and_bytes_take_their_own_path(push_server: SimpleNamespace) -> None:
    async with browser(push_server, "a") as anna:
        anna.client.on("ask", lambda n: n + 1)
        assert await push_server.sio.call("ask", 41, to=anna.sid, timeout=5) == 42
        await push_server.sio.emit("file", {"bytes": b"\x00\xff"}, room="a")
        assert await events(anna, 1) == [("file", {"bytes": b"\x00\xff"})]


async def test_a_burst_arrives_whole_and_in_order(push_server: SimpleNamespace, monkeypatch: Any) -> None:
    monkeypatch.setattr("clubkit.realtime.room.window", lambda _lines: 0.02)
    monkeypatch.setattr("engineio.payload.Payload.max_decode_packets", 1000)  # the Python client's own limit
    async with browser(push_server, "a") as anna, browser(push_server, "a", transport="polling") as ben:
        for n in range(200):
            await push_server.sio.emit("said", n, room="a", skip_sid=ben.sid if n % 10 == 3 else None)
        assert await events(anna, 200) == [("said", n) for n in range(200)]
        assert await events(ben, 180) == [("said", n) for n in range(200) if n % 10 != 3]


async def test_pushes_do_not_overtake_what_was_sent_before(push_server: SimpleNamespace) -> None:
    async with bare(push_server, "a") as client:
        sid = next(iter(push_server.manager.get_participants("/", "a")))[1]
        session = push_server.sio.eio.sockets[sid]
        for n in range(100):
            session.write(f"4{n}a")
            push_server.manager.push(text_frame(f"4{n}b".encode()), to="a")
        said = [str(await asyncio.wait_for(client.recv(), 5)) for _ in range(200)]
        assert said == [f"4{n}{which}" for n in range(100) for which in "ab"]


async def test_the_slow_path_carries_the_same_bytes(push_server: SimpleNamespace) -> None:
    async with (
        bare(push_server, "a") as client,
        httpx.AsyncClient(base_url=push_server.url, trust_env=False, timeout=5) as http,
    ):
        where = "/socket.io/?EIO=4&transport=polling"
        where += "&sid=" + (await http.get(where)).text.split('"sid":"')[1].split('"')[0]
        await http.post(where, content='40{"a":true}')
        await http.get(where)
        await push_server.sio.emit("said", PAYLOAD, room="a")
        assert (await http.get(where)).content == event_text("said", PAYLOAD)
        assert (await client.recv(decode=False)) == event_text("said", PAYLOAD)


async def test_who_is_still_arriving_is_told_nothing(push_server: SimpleNamespace) -> None:
    entered, go = asyncio.Event(), asyncio.Event()

    async def slowly(sid: str, _environ: Any, _auth: Any) -> None:
        await push_server.sio.enter_room(sid, "a")
        entered.set()
        await go.wait()

    push_server.sio.on("connect", slowly)
    client = socketio.AsyncClient(reconnection=False)
    heard: asyncio.Queue[Any] = asyncio.Queue()
    client.on("said", heard.put_nowait)
    connecting = asyncio.create_task(client.connect(push_server.url, transports=["websocket"], wait_timeout=5))
    await entered.wait()
    await push_server.sio.emit("said", 1, room="a")
    go.set()
    await connecting
    await push_server.sio.emit("said", 2, room="a")
    assert await asyncio.wait_for(heard.get(), 5) == 2
    await client.disconnect()


async def test_a_member_of_many_rooms_leaves_nothing_behind(push_server: SimpleNamespace) -> None:
    seen: list[tuple[str, bool]] = []
    push_server.manager.watch = lambda room, here: seen.append((room, here))
    async with browser(push_server, "a", "b") as anna:
        assert push_server.manager.get_rooms(anna.sid, "/") == [anna.sid, "a", "b"]
    while push_server.sio.eio.sockets:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    space = push_server.manager._spaces["/"]
    assert (space.lines, space.by_session, space.rooms) == ({}, {}, {})
    assert seen[:2] == [("a", True), ("b", True)]
    assert sorted(seen[2:]) == [("a", False), ("b", False)]


@pytest.mark.parametrize(("lines", "seconds"), [(2, 0), (90, 0), (500, 0.005), (10_000, 0.05), (50_000, 0.05)])
def test_only_large_rooms_wait_and_never_for_long(lines: int, seconds: float) -> None:
    assert window(lines) == pytest.approx(seconds)


def test_a_frame_is_what_a_packet_says() -> None:
    assert event_frame("said", {"n": 1})[2:] == b'42["said",{"n":1}]'
    assert event_text("said", 1, namespace="/admin") == b'42/admin,["said",1]'
    with pytest.raises(TypeError):
        event_text("said", {"file": b"x"})
