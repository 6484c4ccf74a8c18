"""Following results: `fixture.settled` reaches whoever asked, after the result stands."""

import asyncio
from datetime import timedelta
from typing import Any

from clubkit.testing.hub import Person

HOUR = timedelta(hours=1)


async def test_who_follows_hears_a_result_and_finds_her_points(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    async with sports.hub.listening() as url, sports.hub.socket(url, anna) as socket:
        heard: asyncio.Queue[Any] = asyncio.Queue()
        socket.on("fixture.settled", heard.put)
        assert (await socket.call("fixtures.follow", {}))["ok"]
        await sports.play(fixture, 2, 0)
        news = await asyncio.wait_for(heard.get(), 10)
    assert (news["id"], news["outcome"], news["score"]) == (fixture, "1", {"home": 2, "away": 0})
    assert await sports.points(anna, fixture) == 3


async def test_who_does_not_follow_or_no_longer_does_hears_nothing(sports: Any, anna: Person, ben: Person) -> None:
    first, second = await sports.fixture(HOUR), await sports.fixture(HOUR, round_name="Matchday 2")
    async with sports.hub.listening() as url, sports.hub.socket(url, anna) as a, sports.hub.socket(url, ben) as b:
        heard: list[Any] = []
        arrived: asyncio.Queue[Any] = asyncio.Queue()
        a.on("fixture.settled", heard.append)
        b.on("fixture.settled", arrived.put)
        await b.call("fixtures.follow", {})
        await a.call("fixtures.follow", {})
        await a.call("fixtures.unfollow", {})
        await sports.play(first, 2, 0)
        await sports.play(second, 2, 0)
        for _ in range(2):
            await asyncio.wait_for(arrived.get(), 10)
        assert (await a.call("fixtures.follow", {}))["ok"]  # a round trip: what was sent before has arrived
    assert heard == []


async def test_history_being_imported_is_not_pushed(sports: Any, anna: Person) -> None:
    async with sports.hub.listening() as url, sports.hub.socket(url, anna) as socket:
        heard: list[Any] = []
        socket.on("fixture.settled", heard.append)
        await socket.call("fixtures.follow", {})
        await sports.fixture(timedelta(days=-30), status="settled", score=(1, 0))
        await socket.call("fixtures.follow", {})
    assert heard == []


async def test_a_payload_with_more_in_it_is_refused(sports: Any, anna: Person) -> None:
    async with sports.hub.listening() as url, sports.hub.socket(url, anna) as socket:
        refused = await socket.call("fixtures.follow", {"all": True})
    assert not refused["ok"]
    assert refused["problem"]["errors"][0]["pointer"] == "/all"
