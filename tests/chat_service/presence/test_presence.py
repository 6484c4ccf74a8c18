"""Presence and typing: seen by those who have a room open, gone when the last socket is, on however many processes."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from chat_service.presence import murmuring
from chat_service.presence import socket as presence_socket
from chat_service.presence.service import MOST_TOLD, told
from chat_service.presence.store import Changes
from chat_service.presence.store_redis import RedisPresence
from clubkit.cache import Redis
from clubkit.clock import utc_now
from clubkit.ids import MemberId, RoomId
from clubkit.testing.hub import Person

ROOMS = frozenset({RoomId("r")})
ANNA, BEN = MemberId("anna"), MemberId("ben")


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(murmuring, "SETTLE", 0.01)


def notes(client: Any, event: str) -> "asyncio.Queue[dict[str, Any]]":
    heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    client.on(event, heard.put_nowait)
    return heard


async def next_of(heard: "asyncio.Queue[dict[str, Any]]") -> dict[str, Any]:
    return await asyncio.wait_for(heard.get(), 5)


async def next_about(heard: "asyncio.Queue[dict[str, Any]]", person: Person) -> dict[str, Any]:
    """The next change that names this member; her own coming may be told to who looks, too."""
    while True:
        change = await next_of(heard)
        if person.id in [*change["came"], *change["went"]]:
            return change


async def looks(client: Any, chat: Any) -> list[str]:
    """Opens the room, as the app does: asks who is here."""
    answer = await client.call("presence.here", {"room": chat.room})
    return list(answer["members"])


async def test_members_of_a_room_see_who_is_here(chat: Any, anna: Person, ben: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        assert await looks(hers, chat) == [anna.id]
        async with chat.hub.socket(url, ben):
            assert await looks(hers, chat) == sorted([anna.id, ben.id])


async def test_a_second_device_keeps_a_member_present(chat: Any, anna: Person, ben: Person) -> None:
    async with (
        chat.hub.listening() as url,
        chat.hub.socket(url, anna) as hers,
        chat.hub.socket(url, ben) as first,
        chat.hub.socket(url, ben),
    ):
        await first.disconnect()
        assert ben.id in await looks(hers, chat)


async def test_who_has_the_room_open_is_told_who_comes_and_goes(chat: Any, anna: Person, ben: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers, chat.hub.socket(url, anna) as other:
        heard, unheard = notes(hers, "presence.changed"), notes(other, "presence.changed")
        await looks(hers, chat)
        async with chat.hub.socket(url, ben):
            came = await next_about(heard, ben)
            assert (came["room"], came["went"], came["ask"]) == (chat.room, [], False)
            assert ben.id in came["came"]
        went = await next_about(heard, ben)
        assert (went["came"], went["went"], went["ask"]) == ([], [ben.id], False)
        assert unheard.empty()


async def test_many_changes_are_not_told_one_by_one() -> None:
    assert told(RoomId("r"), {str(n): True for n in range(MOST_TOLD + 1)}).ask
    few = told(RoomId("r"), {"b": True, "c": False, "a": True})
    assert (few.came, few.went, few.ask) == (("a", "b"), ("c",), False)


async def test_typing_is_told_to_those_who_have_the_room_open(chat: Any, anna: Person, ben: Person) -> None:
    async with (
        chat.hub.listening() as url,
        chat.hub.socket(url, anna) as hers,
        chat.hub.socket(url, ben) as his,
        chat.hub.socket(url, ben) as pocket,
    ):
        heard, own, unseen = (notes(client, "room.typing") for client in (his, hers, pocket))
        for client in (his, hers):
            await looks(client, chat)
        for _ in range(3):
            assert (await hers.call("typing", {"room": chat.room}))["ok"]
        first = await next_of(heard)
        assert first == {"room": chat.room, "member_id": anna.id, "name": "Anna Berg", "on": True}
        await hers.call("typing", {"room": chat.room, "on": False})
        assert (await next_of(heard))["on"] is False
        assert [queue.empty() for queue in (heard, own, unseen)] == [True, True, True]


async def test_who_stopped_looking_hears_no_more(
    chat: Any, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence_socket, "VIEWING_SECONDS", 0.05)
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers, chat.hub.socket(url, ben) as his:
        heard = notes(his, "room.typing")
        await looks(his, chat)
        murmur = chat.hub.ports[murmuring.Murmur]
        while murmur.viewed:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await hers.call("typing", {"room": chat.room})
        await his.call("heartbeat", {"rooms": []})
        assert heard.empty()


async def test_who_is_put_out_of_a_room_looks_no_longer(chat: Any, anna: Person, ben: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers, chat.hub.socket(url, ben) as his:
        heard = notes(his, "room.typing")
        await looks(his, chat)
        await chat.stand(ben, None, version=2)
        await hers.call("typing", {"room": chat.room})
        assert (await his.call("heartbeat", {"rooms": []}))["ok"]
        assert heard.empty()


async def test_a_stranger_neither_types_nor_looks(chat: Any, anna: Person) -> None:
    stranger = await chat.hub.member("Zed")
    async with chat.hub.listening() as url, chat.hub.socket(url, stranger) as his:
        for event in ("typing", "presence.here"):
            assert (await his.call(event, {"room": chat.room}))["problem"]["code"] == "room_not_found"


@pytest.fixture
async def redis(valkey_url: str) -> Any:
    client: Redis = Redis.from_url(valkey_url)
    await client.flushall()
    yield client
    await client.aclose()


async def test_a_member_is_here_while_any_process_has_her(redis: Redis) -> None:
    one, other, now = RedisPresence(redis), RedisPresence(redis), utc_now()
    one.arrive(ANNA, ROOMS)
    assert await one.share(now) == Changes(came={ANNA: ROOMS})
    other.arrive(ANNA, ROOMS)
    assert await other.share(now) == Changes()
    one.depart(ANNA, ROOMS)
    assert await one.share(now) == Changes()
    assert await one.here([ANNA, BEN], now) == {ANNA}
    other.depart(ANNA, ROOMS)
    assert await other.share(now) == Changes(went={ANNA: ROOMS})
    assert await one.here([ANNA], now) == set()


async def test_who_left_and_came_back_at_once_is_no_news(redis: Redis) -> None:
    one, now = RedisPresence(redis), utc_now()
    one.arrive(ANNA, ROOMS)
    await one.share(now)
    one.depart(ANNA, ROOMS)
    one.arrive(ANNA, ROOMS)
    assert await one.share(now) == Changes()


async def test_a_process_that_died_takes_its_members_with_it(redis: Redis) -> None:
    dead, alive, now = RedisPresence(redis), RedisPresence(redis), utc_now()
    dead.arrive(ANNA, ROOMS)
    alive.arrive(BEN, ROOMS)
    await dead.share(now)
    await alive.share(now)
    assert await alive.here([ANNA, BEN], now) == {ANNA, BEN}
    later = now + timedelta(seconds=31)
    assert (await alive.share(later)).unknown
    assert await alive.here([ANNA, BEN], later) == {BEN}
    assert not (await alive.share(later)).unknown


async def test_a_process_that_ends_is_forgotten_at_once(redis: Redis) -> None:
    ending, other, now = RedisPresence(redis), RedisPresence(redis), utc_now()
    ending.arrive(ANNA, ROOMS)
    await ending.share(now)
    await ending.leave()
    assert await other.here([ANNA], now) == set()


async def test_a_redis_that_was_emptied_learns_everybody_again(redis: Redis) -> None:
    one, other, now = RedisPresence(redis), RedisPresence(redis), utc_now()
    one.arrive(ANNA, ROOMS)
    await one.share(now)
    await redis.flushall()
    await one.share(now)
    assert await other.here([ANNA], now) == {ANNA}
