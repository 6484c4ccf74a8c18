"""A member barred by way of one process hears nothing more on another, within a second."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from chat_service.module import MODULE
from clubkit.identity import TokenVerifier
from clubkit.log.port import EventLog
from clubkit.serving import Application, Roles
from clubkit.testing.hub import Person, TestHub
from tests.chat_service.places import a_room, say


@pytest.fixture
async def other(chat: Any) -> AsyncIterator[TestHub]:
    """A second process of the same hub: its own sockets, the same tables and the same Redis."""
    hub = chat.hub
    async with AsyncExitStack() as stack:
        second = Application(hub.settings, [MODULE], Roles(consumes=False, dispatches=False, indexes=False), hub.clock)
        second.ports.settle(TokenVerifier, hub.verifier())
        second.ports.settle(EventLog, hub.port(EventLog))
        await stack.enter_async_context(second.open())
        yield TestHub(second, hub.clock, stack)


async def test_who_is_barred_here_hears_nothing_there(chat: Any, other: TestHub, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    async with other.listening() as url, chat.hub.socket(url, ben) as his:
        heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        out = asyncio.Event()
        his.on("room.event", heard.put_nowait)
        his.on("room.changed", lambda hint: hint["here"] or out.set())
        await said_until_heard(anna, room, heard)
        began = time.monotonic()
        await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json={"reason": "Keeps shouting"})
        await asyncio.wait_for(out.wait(), 5)
        assert time.monotonic() - began < 1
        while not heard.empty():
            heard.get_nowait()
        await say(anna, room, "between us")
        cleo = await chat.member("Cleo Ng")
        await say(cleo, chat.room, "for everybody")
        told = await asyncio.wait_for(heard.get(), 5)
        assert (told["message"]["body"], heard.empty()) == ("for everybody", True)


async def said_until_heard(person: Person, room: str, heard: asyncio.Queue[dict[str, Any]]) -> None:
    """Until the processes hear each other: a push before that is made up for by the next question."""
    for number in range(100):
        await say(person, room, f"are you there {number}")
        try:
            await asyncio.wait_for(heard.get(), 0.1)
        except TimeoutError:
            continue
        return
    raise AssertionError("the other process hears nothing")
