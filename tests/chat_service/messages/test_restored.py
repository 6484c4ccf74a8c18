"""When the processes of the hub could not hear each other, each looks how far its rooms go, and says so."""

import asyncio
from typing import Any

from clubkit.testing.hub import Person


async def test_every_room_here_is_told_how_far_it_goes(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, "one")
    await chat.say(anna, "two")
    heads: asyncio.Queue[Any] = asyncio.Queue()
    resyncs: asyncio.Queue[Any] = asyncio.Queue()
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        his.on("room.heads", heads.put_nowait)
        his.on("resync", resyncs.put_nowait)
        expected = (await his.call("heartbeat", {"rooms": [chat.room]}))["heads"]
        await chat.hub.application.sockets.restored()
        assert (await asyncio.wait_for(heads.get(), 5))["heads"] == expected
        assert expected[chat.room]["nth"] == 2
        told = await asyncio.wait_for(resyncs.get(), 5)
        assert (told["reason"], told["within_ms"] > 0) == ("wire", True)
        assert heads.empty()


async def test_a_process_with_no_room_open_asks_nothing(chat: Any, statements: Any) -> None:
    with statements() as seen:
        await chat.hub.application.sockets.restored()
    assert seen == []
