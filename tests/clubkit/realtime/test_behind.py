"""Who reads too slowly costs a bounded amount of memory, is told to ask again, and is given up in the end."""

import asyncio
import socket
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY

from clubkit.realtime.frames import text_frame
from clubkit.realtime.line import RESYNC
from clubkit.realtime.manager import RoomManager
from clubkit.realtime.ws_protocol import BEHIND_BYTES, MOST_BYTES
from tests.clubkit.realtime.ws_client import sign_in
from tests.waiting import until

FRAME = text_frame(b'42["said","' + b"x" * 8_000 + b'"]')
SOON = 10
"""Seconds: fewer than a missed heartbeat takes to end a session."""


def behind() -> float:
    return REGISTRY.get_sample_value("hub_sockets_behind") or 0.0


async def fill(server: SimpleNamespace, line: Any) -> None:
    """Pushes to the room until its one line is behind."""
    while not line.is_behind:
        server.manager.push(FRAME, to="a")
        await asyncio.sleep(0)


def only_line(manager: RoomManager) -> Any:
    (line,) = manager._spaces["/"].rooms["a"].lines.values()
    return line


@pytest.fixture
async def deaf(push_server: SimpleNamespace, request: pytest.FixtureRequest) -> Any:
    """A WebSocket in room `a` whose client does not read."""
    if "slow" in request.node.name:
        pytest.skip("without a link the session's own backlog counts")
    async with sign_in(push_server.url, '{"a":true}', buffer=4096) as client:
        await until(lambda: "a" in push_server.manager._spaces["/"].rooms)
        await until(lambda: only_line(push_server.manager).link)
        yield client


async def test_pushes_to_who_is_behind_are_left_out(push_server: SimpleNamespace, deaf: socket.socket) -> None:
    line, before = only_line(push_server.manager), behind()
    await fill(push_server, line)
    held = line.link.waiting
    for _ in range(1000):
        push_server.manager.push(FRAME, to="a")
    assert held == line.link.waiting < BEHIND_BYTES + 2 * len(FRAME)
    assert behind() == before + 1


async def test_who_caught_up_is_told_to_ask_again_and_hears_on(
    push_server: SimpleNamespace, deaf: socket.socket
) -> None:
    line, before = only_line(push_server.manager), behind()
    await fill(push_server, line)
    loop, said = asyncio.get_running_loop(), b""
    async with asyncio.timeout(10):
        while not said.endswith(RESYNC):
            said += await loop.sock_recv(deaf, 65536)
        push_server.manager.push(FRAME, to="a")
        while not said.endswith(RESYNC + FRAME):
            said += await loop.sock_recv(deaf, 65536)
    assert said.count(RESYNC) == 1
    assert behind() == before


async def test_replies_still_come_but_only_so_many(push_server: SimpleNamespace, deaf: socket.socket) -> None:
    line = only_line(push_server.manager)
    await fill(push_server, line)
    held = line.link.waiting
    line.session.write("4" + "x" * 50_000)
    assert line.link.waiting > held + 50_000
    for _ in range(50):
        line.session.write("4" + "x" * 50_000)
        assert line.session.closed or line.link.waiting < MOST_BYTES + 100_000
        await asyncio.sleep(0)
    await until(lambda: not push_server.sio.eio.sockets, patience=SOON)


async def test_who_stays_behind_is_given_up(
    push_server: SimpleNamespace, deaf: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clubkit.realtime.line.LONGEST_BEHIND_SECONDS", 0.1)
    before = behind()
    await fill(push_server, only_line(push_server.manager))
    await until(lambda: not push_server.sio.eio.sockets, patience=SOON)
    assert push_server.manager._spaces["/"].lines == {}
    assert behind() == before


@pytest.fixture
async def polling(push_server: SimpleNamespace) -> Any:
    """A session in room `a` that comes by polling, and does not now."""
    where = "/socket.io/?EIO=4&transport=polling"
    async with httpx.AsyncClient(base_url=push_server.url, trust_env=False, timeout=5) as http:
        where += "&sid=" + (await http.get(where)).text.split('"sid":"')[1].split('"')[0]
        await http.post(where, content='40{"a":true}')
        await http.get(where)
        yield lambda: http.get(where)


async def test_who_polls_too_rarely_is_behind_too(push_server: SimpleNamespace, polling: Any) -> None:
    line = only_line(push_server.manager)
    await fill(push_server, line)
    for _ in range(1000):
        push_server.manager.push(FRAME, to="a")
    assert line.session.waiting_bytes < BEHIND_BYTES + 2 * len(FRAME)
    await polling()
    assert RESYNC[2:] in (await polling()).content
    assert not line.is_behind


async def test_who_never_polls_is_given_up(
    push_server: SimpleNamespace, polling: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clubkit.realtime.line.LONGEST_BEHIND_SECONDS", 0.1)
    await fill(push_server, only_line(push_server.manager))
    await until(lambda: not push_server.sio.eio.sockets, patience=SOON)
