"""A room tells its lines at once while it is idle, together while it is busy, and always in order."""

import asyncio
import time
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
