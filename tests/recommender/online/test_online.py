"""The live ranking: it moves with each action, shows only what may be seen, and survives a restart."""

import asyncio
from datetime import timedelta
from typing import Any

import numpy as np

from clubkit.contracts.social import EventCancelled
from clubkit.db.work import Works
from clubkit.testing.hub import Person
from recommender.online.live import LiveRanking
from recommender.online.store import OnlineStore
from recommender.online.warming import warm


async def test_a_like_moves_reels_of_the_same_kind_up(world: Any, anna: Person) -> None:
    runs = [world.reel(f"night run by headlamp {n}", world.runners) for n in range(4)]
    games = [world.reel(f"chess opening trap {n}", world.chess) for n in range(4)]
    await world.publish(*(reel for pair in zip(runs, games, strict=True) for reel in pair))
    await world.act(anna, "reel", games[0].reel_id, "like", world.chess)
    first = (await world.ids(anna, "reel"))[:3]
    assert set(first) <= {game.reel_id for game in games}


async def test_what_she_answered_is_not_offered_again(world: Any, anna: Person) -> None:
    run, game = world.event("Frost Loop", world.runners), world.event("Blitz night", world.chess)
    await world.publish(run, game)
    await world.act(anna, "event", run.event_id, "rsvp_yes", world.runners)
    assert run.event_id not in await world.ids(anna, "event")


async def test_less_like_this_takes_it_away_and_undoing_brings_it_back(world: Any, anna: Person) -> None:
    run, game = world.event("Frost Loop", world.runners), world.event("Blitz night", world.chess)
    await world.publish(run, game)
    await world.act(anna, "event", run.event_id, "hide", world.runners)
    assert await world.ids(anna, "event") == [game.event_id]
    world.hub.clock.advance(timedelta(seconds=5))
    await world.act(anna, "event", run.event_id, "unhide", world.runners)
    assert set(await world.ids(anna, "event")) == {run.event_id, game.event_id}


async def test_a_club_s_own_events_are_for_members_only(world: Any, anna: Person) -> None:
    training = world.event("Closed training", world.runners, visibility="club")
    await world.publish(training)
    assert await world.ids(anna, "event") == []
    await world.join(anna, world.runners)
    assert await world.ids(anna, "event") == [training.event_id]
    await world.join(anna, world.runners, role=None, version=2)
    assert await world.ids(anna, "event") == []


async def test_what_has_begun_or_was_cancelled_is_gone(world: Any, anna: Person) -> None:
    soon, later = world.event("Soon", world.runners, days=1), world.event("Later", world.runners, days=5)
    await world.publish(soon, later)
    world.hub.clock.advance(timedelta(days=2))
    assert await world.ids(anna, "event") == [later.event_id]
    cancelled = EventCancelled(
        event_id=later.event_id, series_id=later.series_id, club_id=later.club_id, title=later.title,
        starts_at=later.starts_at, version=2,
    )  # fmt: skip
    await world.publish(cancelled)
    assert await world.ids(anna, "event") == []


async def test_every_item_says_why_and_the_ranking_is_remembered(world: Any, anna: Person) -> None:
    await world.publish(world.event("Frost Loop", world.runners), world.event("Blitz night", world.chess))
    await world.join(anna, world.runners)
    ranking = await world.rank(anna, "event")
    assert ranking.items[0].reason.text == "In your club Night Runners"
    assert await world.hub.port(OnlineStore).shown(ranking.rank_id) == ranking


async def test_the_api_answers_reasons_cards_and_one_rank_id(world: Any, anna: Person) -> None:
    await world.publish(world.event("Frost Loop", world.runners))
    answer = (await anna.http.get("recommendations", params={"kind": "event"})).json()
    [item] = answer["data"]
    assert item["rank_id"] == answer["rank_id"]
    assert item["card"]["title"] == "Frost Loop"
    assert item["reason"]["text"]


async def test_an_unknown_kind_is_refused_with_a_pointer(world: Any, anna: Person) -> None:
    refused = await anna.http.get("recommendations", params={"kind": "spaceship"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/kind"


async def test_the_member_who_acted_is_told_and_nobody_else(world: Any, anna: Person) -> None:
    ben = await world.hub.member("Ben")
    reel = world.reel("night run", world.runners)
    await world.publish(reel)
    told: asyncio.Queue[str] = asyncio.Queue()
    async with world.hub.listening() as url, world.hub.socket(url, anna) as hers, world.hub.socket(url, ben) as his:
        hers.on("feed.changed", lambda payload: told.put_nowait(f"anna {payload['kinds']}"))
        his.on("feed.changed", lambda payload: told.put_nowait("ben"))
        await world.act(anna, "reel", reel.reel_id, "like", world.runners)
        assert await asyncio.wait_for(told.get(), 5) == "anna ['reel']"
        assert told.empty()


async def test_the_embedding_is_written_with_its_model_version(world: Any, anna: Person) -> None:
    reel = world.reel("night run", world.runners)
    await world.publish(reel)
    await world.act(anna, "reel", reel.reel_id, "like", world.runners)
    version, vector = await world.hub.port(OnlineStore).embedding(anna.id, "reel")
    live = world.hub.port(LiveRanking)
    assert version == live.version
    assert np.allclose(vector, live.embedding(anna.id, "reel", world.hub.clock().timestamp()))


async def test_after_a_restart_the_ranking_is_the_same(world: Any, anna: Person) -> None:
    ben = await world.hub.member("Ben")
    events = [world.event(f"Event {n}", world.runners if n % 2 else world.chess, days=1 + n) for n in range(8)]
    await world.publish(*events)
    await world.join(anna, world.runners)
    for person, event in ((anna, events[1]), (ben, events[1]), (ben, events[4])):
        world.hub.clock.advance(timedelta(minutes=1))
        await world.act(person, "event", event.event_id, "rsvp_yes", event.club_id)
    live, again = world.hub.port(LiveRanking), LiveRanking()
    await warm(again, world.hub.port(Works))
    now = world.hub.clock().timestamp()
    before = live.rank(anna.id, "event", limit=6, now=now)
    after = again.rank(anna.id, "event", limit=6, now=now)
    assert [(i.item_id, i.reason.text) for i in before[:5]] == [(i.item_id, i.reason.text) for i in after[:5]]
    assert np.allclose([i.score for i in before[:5]], [i.score for i in after[:5]], rtol=1e-5)


async def test_forgetting_starts_anew(world: Any, anna: Person) -> None:
    run, game = world.event("Frost Loop", world.runners), world.event("Blitz night", world.chess)
    await world.publish(run, game)
    await world.act(anna, "event", run.event_id, "hide", world.runners)
    await anna.http.delete("me/features")
    await world.hub.settle()
    assert run.event_id in await world.ids(anna, "event")


async def test_only_who_said_yes_is_company(world: Any, anna: Person) -> None:
    before, next_one = world.event("Frost Loop", world.runners, days=9), world.event("Long run", world.runners, days=12)
    await world.publish(before, next_one)
    await world.act(anna, "event", before.event_id, "rsvp_yes", world.runners)
    for name, answer in (("Ben", "rsvp_yes"), ("Cleo", "rsvp_maybe"), ("Dan", "open")):
        friend = await world.hub.member(name)
        await world.act(friend, "event", before.event_id, "rsvp_yes", world.runners)
        await world.act(friend, "event", next_one.event_id, answer, world.runners)
    live = world.hub.port(LiveRanking)
    profile = live.members.profile(anna.id, live.engine("event").catalogue)
    row = live.engine("event").catalogue.row(next_one.event_id)
    assert dict(profile.company)[row] == 1
