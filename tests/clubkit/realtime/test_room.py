"""A room tells its lines at once while it is idle, together while it is busy, and always in order."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from clubkit.realtime import room
from clubkit.realtime.line import Line, Standing
from clubkit.realtime.room import Room

WINDOW = 0.03


class Noted:
    """A link that notes each write."""

    def __init__(self) -> None:
        self.writes: list[bytes] = []
        self.waiting = 0
        self.on_pressure: Any = None
        self.push = self.write = self.writes.append
        self.descriptor = -1

    def queued(self) -> int:
        """Nothing is written past it."""
        return 1


def lines_in(a_room: Room, *names: str) -> dict[str, Noted]:
    links = {}
    for name in names:
        line = Line(name, name, None)
        line.standing = Standing.HERE
        line.link = links[name] = Noted()
        a_room.lines[name] = line
    return links


@pytest.fixture(autouse=True)
def short_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "window", lambda _lines: WINDOW)


async def test_the_first_leaves_at_once_and_the_rest_in_one_write() -> None:
    busy = Room()
    links = lines_in(busy, "anna", "ben")
    for said in (b"1", b"2", b"3"):
        busy.push(said)
    assert links["anna"].writes == [b"1"]
    await asyncio.sleep(2 * WINDOW)
    assert links["anna"].writes == links["ben"].writes == [b"1", b"23"]
    await asyncio.sleep(2 * WINDOW)
    busy.push(b"4")
    assert links["anna"].writes[-1] == b"4"


async def test_what_comes_when_the_window_is_over_does_not_overtake_what_waits() -> None:
    busy = Room()
    links = lines_in(busy, "anna")
    busy.push(b"1")
    busy.push(b"2")
    time.sleep(2 * WINDOW)  # noqa: ASYNC251  the loop is late: the window is over, and what waits has not left
    busy.push(b"3")
    await asyncio.sleep(2 * WINDOW)
    assert b"".join(links["anna"].writes) == b"123"


async def test_who_is_left_out_of_one_gets_the_others() -> None:
    busy = Room()
    links = lines_in(busy, "anna", "ben", "cleo")
    busy.push(b"1", ["anna"])
    busy.push(b"2", ["ben"])
    busy.push(b"3", ["ben", "anna"])
    busy.flush()
    assert {name: b"".join(link.writes) for name, link in links.items()} == {
        "anna": b"2", "ben": b"1", "cleo": b"123",
    }  # fmt: skip


async def test_much_does_not_wait() -> None:
    busy = Room()
    links = lines_in(busy, "anna")
    busy.push(b"1")
    for _ in range(3):
        busy.push(b"x" * (room.MOST_PENDING // 2))
    assert sum(map(len, links["anna"].writes)) > room.MOST_PENDING


async def test_all_share_the_very_same_bytes() -> None:
    busy = Room()
    links = lines_in(busy, "anna", "ben")
    for said in (b"one", b"two", b"three"):
        busy.push(said)
    busy.flush()
    for hers, his in zip(links["anna"].writes, links["ben"].writes, strict=True):
        assert hers is his


class Straight(Noted):
    """A link with nothing queued, on a socket."""

    def __init__(self, end: socket.socket) -> None:
        super().__init__()
        self.descriptor = end.fileno()

    def queued(self) -> int:
        return sum(map(len, self.writes))


@pytest.fixture
def pipe() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        theirs.setblocking(False)
        yield ours, theirs


def everything(end: socket.socket) -> bytes:
    said = b""
    with contextlib.suppress(BlockingIOError):
        while part := end.recv(1 << 20):
            said += part
    return said


async def test_where_nothing_is_queued_a_frame_goes_to_the_socket_itself(
    pipe: tuple[socket.socket, socket.socket],
) -> None:
    busy, link = Room(), Straight(pipe[0])
    lines_in(busy, "anna")
    busy.lines["anna"].link = link
    busy.push(b"1")
    assert (everything(pipe[1]), link.writes) == (b"1", [])


async def test_what_the_kernel_does_not_take_is_the_transports_in_order(
    pipe: tuple[socket.socket, socket.socket],
) -> None:
    link = Straight(pipe[0])
    line = Line("anna", "anna", None)
    line.standing, line.link = Standing.HERE, link
    frames = [bytes((n,)) * 50_000 for n in range(1, 40)]
    for frame in frames:
        room.deliver([line], [frame])
    taken = everything(pipe[1])
    assert 0 < len(taken) < sum(map(len, frames))
    assert taken + b"".join(link.writes) == b"".join(frames)


async def test_whose_socket_is_gone_is_left_to_the_transport(pipe: tuple[socket.socket, socket.socket]) -> None:
    link = Straight(pipe[0])
    line = Line("anna", "anna", None)
    line.standing, line.link = Standing.HERE, link
    pipe[1].close()
    room.deliver([line], [b"1"])
    assert link.writes == [b"1"]
