"""Who signs out or is put out gets nothing more: at once, and in every process of the hub."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import socketio
from socketio.exceptions import ConnectionError as Refused
from sqlalchemy import MetaData

from clubkit.cache import Redis
from clubkit.contracts.base import Contract
from clubkit.errors import Forbidden
from clubkit.identity import TokenVerifier
from clubkit.module import Module
from clubkit.realtime.sockets import SocketContext, Sockets
from clubkit.realtime.wire import Wire
from clubkit.testing.hub import Person, TestHub, open_hub

SOON = 1.0
"""Seconds within which everybody must be out."""
CLUB = "club:1"


class Note(Contract):
    words: str


class Doors:
    """A domain whose members are on a channel from the start; a test may hold them at the door."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.at_the_door = asyncio.Event()
        self.sockets = Sockets()
        self.sockets.on_connect(self._come_in)
        self.sockets.on("note", Note, needs="nothing")(self._note)

    async def _come_in(self, context: SocketContext) -> None:
        self.at_the_door.set()
        await self.open.wait()
        await context.connection.enter(CLUB)

    async def _note(self, context: SocketContext, note: Note) -> Note:
        if note.words == "not mine":
            raise Forbidden("That is not yours.")
        return note

    @property
    def module(self) -> Module:
        return Module("doors", MetaData(), Path(), sockets=[self.sockets])


class Two:
    """Two processes of one hub: the same Redis, the same tokens."""

    def __init__(self, hubs: list[TestHub], urls: list[str], doors: list[Doors]) -> None:
        self.hubs, self.urls, self.doors = hubs, urls, doors

    def person(self, name: str) -> Person:
        return self.hubs[0].person(name, name, name)  # type: ignore[arg-type]

    def wire(self, at: int) -> Wire:
        return self.hubs[at].ports[Wire]  # type: ignore[type-abstract]


@pytest.fixture
async def two(hub_folder: Path, tmp_path: Path, valkey_url: str) -> AsyncIterator[Two]:
    async with AsyncExitStack() as stack:
        doors = [Doors(), Doors()]
        hubs = [
            await stack.enter_async_context(
                open_hub([door.module], hub_folder / f"{tmp_path.name}-{n}", valkey_url, own_tokens=n == 0)
            )
            for n, door in enumerate(doors)
        ]
        hubs[1].ports.provide(TokenVerifier, hubs[0].verifier())
        urls = [await stack.enter_async_context(hub.listening()) for hub in hubs]
        redis, channel = hubs[0].ports[Redis], ""
        async with asyncio.timeout(5):
            while not channel or (await redis.pubsub_numsub(channel))[0][1] < 2:
                channel = next((name.decode() for name in await redis.pubsub_channels("*:wire:all")), "")
        yield Two(hubs, urls, doors)


async def gone(client: Any) -> None:
    async with asyncio.timeout(SOON):
        while client.connected:  # noqa: ASYNC110  the client tells nobody who was not there from the start
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(("told", "held"), [(0, 0), (0, 1), (1, 0)])
async def test_a_sign_out_closes_her_sockets_in_every_process(two: Two, told: int, held: int) -> None:
    anna, ben = two.person("anna"), two.person("ben")
    async with two.hubs[held].socket(two.urls[held], anna) as hers, two.hubs[held].socket(two.urls[held], ben) as his:
        ended = asyncio.Event()
        hers.on("auth.ended", lambda _: ended.set())
        await two.wire(told).kick(session_id=anna.caller.session_id)
        await asyncio.wait_for(ended.wait(), SOON)
        await gone(hers)
        assert his.connected


async def test_her_other_sign_in_lives_on(two: Two) -> None:
    anna = two.person("anna")
    other = two.hubs[0].person(anna.id, anna.handle, anna.name)
    async with two.hubs[1].socket(two.urls[1], anna) as here, two.hubs[1].socket(two.urls[1], other) as there:
        await two.wire(0).kick(session_id=anna.caller.session_id)
        await gone(here)
        assert (await there.call("note", {"words": "still here"}))["ok"]


@pytest.mark.parametrize("where", [0, 1])
async def test_who_is_put_out_hears_nothing_more_of_it(two: Two, where: int) -> None:
    anna, heard = two.person("anna"), asyncio.Queue[Any]()
    async with two.hubs[where].socket(two.urls[where], anna) as hers:
        hers.on("said", heard.put_nowait)
        await two.wire(0).emit("said", Note(words="before"), to=CLUB)
        assert await asyncio.wait_for(heard.get(), SOON) == {"words": "before"}
        await two.wire(0).unsubscribe(anna.id, CLUB)
        await asyncio.sleep(SOON / 4)
        await two.wire(0).emit("said", Note(words="after"), to=CLUB)
        await two.wire(0).emit("said", Note(words="to her"), to=f"member:{anna.id}")
        assert await asyncio.wait_for(heard.get(), SOON) == {"words": "to her"}


async def test_a_sign_out_while_she_is_being_let_in_keeps_her_out(two: Two) -> None:
    anna, door = two.person("anna"), two.doors[0]
    door.open.clear()
    coming = asyncio.create_task(two.hubs[0].socket(two.urls[0], anna).__aenter__())
    await door.at_the_door.wait()
    await two.wire(0).kick(session_id=anna.caller.session_id)
    door.open.set()
    with pytest.raises(Refused):
        await coming
    assert not list(two.hubs[0].application.sockets.connections())


async def test_who_is_put_out_while_she_is_being_let_in_is_not_put_on_its_channel(two: Two) -> None:
    anna, door, heard = two.person("anna"), two.doors[0], asyncio.Queue[Any]()
    door.open.clear()
    async with AsyncExitStack() as stack:
        coming = asyncio.create_task(stack.enter_async_context(two.hubs[0].socket(two.urls[0], anna)))
        await door.at_the_door.wait()
        await two.wire(0).unsubscribe(anna.id, CLUB)
        door.open.set()
        (await coming).on("said", heard.put_nowait)
        await two.wire(0).emit("said", Note(words="to the club"), to=CLUB)
        await two.wire(0).emit("said", Note(words="to her"), to=f"member:{anna.id}")
        assert await asyncio.wait_for(heard.get(), SOON) == {"words": "to her"}


@pytest.mark.parametrize("token", ["", "nonsense", "old", None, 7])
async def test_a_token_that_is_none_is_refused_with_a_problem(two: Two, token: Any) -> None:
    anna, why = two.person("anna"), asyncio.Queue[Any]()
    client = socketio.AsyncClient(reconnection=False)
    client.on("connect_error", why.put_nowait)
    given = two.hubs[0].token(anna, lifetime=timedelta(seconds=-1)) if token == "old" else token
    with pytest.raises(Refused):
        await client.connect(two.urls[0], auth={"token": given}, transports=["websocket"])
    assert why.get_nowait()["data"]["status"] == 401
    assert not list(two.hubs[0].application.sockets.connections())
    await client.disconnect()


async def test_an_event_answers_its_rules_refusal_and_an_unknown_one_is_named(two: Two) -> None:
    async with two.hubs[0].socket(two.urls[0], two.person("anna")) as hers:
        refused = await hers.call("note", {"words": "not mine"})
        unknown = await hers.call("no.such.event", {})
        wrong = await hers.call("note", b"bytes")
    assert [ack["problem"]["status"] for ack in (refused, unknown, wrong)] == [403, 404, 422]


async def test_the_oldest_socket_of_a_member_gives_way(
    hub_folder: Path, tmp_path: Path, valkey_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_SOCKETS_PER_MEMBER", "2")
    async with AsyncExitStack() as stack:
        hub = await stack.enter_async_context(open_hub([Doors().module], hub_folder / tmp_path.name, valkey_url))
        url = await stack.enter_async_context(hub.listening())
        anna, ben = (hub.person(name, name, name) for name in ("anna", "ben"))  # type: ignore[arg-type]
        his = await stack.enter_async_context(hub.socket(url, ben))
        first, second, third = [await stack.enter_async_context(hub.socket(url, anna)) for _ in range(3)]
        await gone(first)
        assert second.connected
        assert third.connected
        assert his.connected
