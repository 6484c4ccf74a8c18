"""Presence and typing: seen by those who share a room, gone when the last socket is."""

import asyncio
from typing import Any

from clubkit.testing.hub import Person


async def test_members_of_a_room_see_who_is_here(chat: Any, anna: Person, ben: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        assert (await hers.call("presence.here", {"room": chat.room}))["members"] == [anna.id]
        async with chat.hub.socket(url, ben):
            here = await hers.call("presence.here", {"room": chat.room})
            assert here["members"] == sorted([anna.id, ben.id])


async def test_a_second_device_keeps_a_member_present(chat: Any, anna: Person, ben: Person) -> None:
    async with (
        chat.hub.listening() as url,
        chat.hub.socket(url, anna) as hers,
        chat.hub.socket(url, ben) as first,
        chat.hub.socket(url, ben),
    ):
        await first.disconnect()
        here = await hers.call("presence.here", {"room": chat.room})
        assert ben.id in here["members"]


async def test_coming_and_going_is_told_once_each(chat: Any, anna: Person, ben: Person) -> None:
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        hers.on("presence.changed", heard.put_nowait)
        async with chat.hub.socket(url, ben):
            assert await asyncio.wait_for(heard.get(), 5) == {"member_id": ben.id, "here": True}
        assert await asyncio.wait_for(heard.get(), 5) == {"member_id": ben.id, "here": False}
        assert heard.empty()


async def test_typing_is_told_to_the_others_once_a_second(chat: Any, anna: Person, ben: Person) -> None:
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    own: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers, chat.hub.socket(url, ben) as his:
        his.on("room.typing", heard.put_nowait)
        hers.on("room.typing", own.put_nowait)
        for _ in range(3):
            assert (await hers.call("typing", {"room": chat.room}))["ok"]
        first = await asyncio.wait_for(heard.get(), 5)
        assert first == {"room": chat.room, "member_id": anna.id, "name": "Anna Berg"}
        await his.call("heartbeat", {"rooms": []})
        assert heard.empty()
        assert own.empty()


async def test_a_stranger_cannot_type_into_a_room(chat: Any, anna: Person) -> None:
    stranger = await chat.hub.member("Zed")
    async with chat.hub.listening() as url, chat.hub.socket(url, stranger) as his:
        assert (await his.call("typing", {"room": chat.room}))["problem"]["code"] == "room_not_found"
