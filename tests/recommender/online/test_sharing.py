"""A ranking in two processes: one reads the log and moves, the other serves and moves with it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from clubkit.adapters.ranker_http import PATH, HttpRanker
from clubkit.cache import Redis
from clubkit.contracts.ranking import Ranker
from clubkit.http.internal import internal_headers
from clubkit.log.port import EventLog
from clubkit.serving import Application, Roles
from clubkit.testing.hub import Person
from recommender.module import MODULE as RECOMMENDER
from recommender.online import sharing
from recommender.online.live import LiveRanking
from recommender.online.store import OnlineStore
from tests.waiting import until


@pytest.fixture
async def serving(world: Any) -> AsyncIterator[Application]:
    """The recommender as a process of its own that only serves."""
    roles = Roles(consumes=False, dispatches=False, indexes=False, sockets=False)
    app = Application(world.hub.settings, [RECOMMENDER], roles, world.hub.clock)
    app.ports.settle(EventLog, world.hub.port(EventLog))  # type: ignore[type-abstract]
    async with app.open():
        yield app


@pytest.fixture
async def ask(serving: Application) -> AsyncIterator[httpx.AsyncClient]:
    """What social asks the recommender with."""
    transport = httpx.ASGITransport(serving, raise_app_exceptions=False)
    headers = internal_headers(serving.settings)
    async with httpx.AsyncClient(transport=transport, base_url="http://recommender.test", headers=headers) as client:
        yield client


async def events(serving: Application, world: Any, member: Person) -> list[str]:
    ranking = await serving.ports[Ranker].rank(member.id, "event", limit=10, now=world.hub.clock())
    return [item.item_id for item in ranking.items]


async def test_what_comes_by_the_log_is_served_by_the_other_process(
    world: Any, anna: Person, serving: Application
) -> None:
    run, training = world.event("Run", world.runners), world.event("Training", world.runners, visibility="club")
    await world.publish(run, training)

    async def shown() -> bool:
        return await events(serving, world, anna) == [run.event_id]

    async def shown_to_a_member() -> bool:
        return set(await events(serving, world, anna)) == {run.event_id, training.event_id}

    await until(shown)
    await world.join(anna, world.runners)
    await until(shown_to_a_member)


async def test_an_action_moves_the_ranking_of_both_alike(world: Any, anna: Person, serving: Application) -> None:
    run, game = world.event("Frost Loop", world.runners), world.event("Blitz night", world.chess)
    await world.publish(run, game)
    await world.act(anna, "event", run.event_id, "hide", world.runners)

    async def moved() -> bool:
        return await events(serving, world, anna) == [game.event_id]

    await until(moved)
    here, there = world.hub.port(LiveRanking).members, serving.ports[LiveRanking].members
    assert here.window(anna.id) == there.window(anna.id) != ()


async def test_who_was_cut_off_reads_what_it_missed(world: Any, anna: Person, serving: Application) -> None:
    redis = world.hub.port(Redis)
    for _ in range(3):
        await redis.client_kill_filter(_type="pubsub")
        event = world.event("Said into the silence", world.chess)
        await world.publish(event)

        async def shown(event_id: str = event.event_id) -> bool:
            return event_id in await events(serving, world, anna)

        await until(shown)


async def test_too_much_to_tell_is_read_from_the_tables(
    world: Any, anna: Person, serving: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "LARGEST_WAIT", 3)
    crowd = [world.event(f"Game {number}", world.chess, days=1 + number) for number in range(8)]
    await world.publish(*crowd)

    async def shown() -> bool:
        return set(await events(serving, world, anna)) == {event.event_id for event in crowd}

    await until(shown)


async def test_rankings_over_http_are_those_of_the_process_that_serves(
    world: Any, anna: Person, serving: Application, ask: httpx.AsyncClient
) -> None:
    await world.publish(*(world.event(f"Game {number}", world.chess, days=1 + number) for number in range(4)))

    async def full() -> bool:
        return len(await events(serving, world, anna)) == 4

    await until(full)
    ranking = await HttpRanker(ask, budget=20).rank(anna.id, "event", limit=3, now=world.hub.clock())
    assert await serving.ports[OnlineStore].shown(ranking.rank_id) == ranking
    assert (len(ranking.items), ranking.degraded) == (3, None)


async def test_only_our_own_processes_may_ask(anna: Person, serving: Application, ask: httpx.AsyncClient) -> None:
    for words in ("", f"Bearer {anna.token}", "Hub 0000", "Hub ünlike"):
        refused = await ask.post(PATH, headers={"Authorization": words.encode()}, json={})
        assert refused.status_code == 403, words


async def test_a_ranker_past_its_budget_is_given_up(world: Any, anna: Person) -> None:
    async def sleepy(_request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError

    async with httpx.AsyncClient(transport=httpx.MockTransport(sleepy), base_url="http://recommender.test") as client:
        with pytest.raises(TimeoutError):
            await HttpRanker(client, budget=0.05).rank(anna.id, "event", limit=3, now=world.hub.clock())
