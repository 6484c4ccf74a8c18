"""Training end to end: log → files → job → registry → serving, without a restart."""

import random
from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.interactions import MemberInteracted
from clubkit.jobs.running import job_status
from clubkit.testing.hub import Person
from feature_store.offline import service as offline
from recommender.online.live import LiveRanking
from recommender.online.warming import take_current
from recommender.registry.versions import Registry


async def live_a_little(world: Any, people: int = 24) -> list[Any]:
    """Half of the members run, half play chess."""
    dice = random.Random(4)
    events = [world.event(f"Event {n}", world.runners if n % 2 else world.chess, days=10 + n) for n in range(20)]
    await world.publish(*events)
    facts = []
    for number in range(people):
        member = await world.hub.member(f"Member {number}")
        liked = [event for n, event in enumerate(events) if n % 2 == number % 2]
        for event in dice.sample(liked, 5):
            world.hub.clock.advance(timedelta(minutes=1))
            facts.append(
                MemberInteracted(
                    member_id=member.id, kind="event", item_id=event.event_id, action="rsvp_yes",
                    club_id=event.club_id, at=world.hub.clock(),
                )
            )  # fmt: skip
    await world.publish(*facts)
    await offline.flush(world.hub.works, offline.folder_of(world.hub.settings))
    return events


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sequence model has tests of its own; here it would only take time."""
    monkeypatch.setenv("HUB_RECOMMENDER_SEQUENCE", "false")


async def test_a_trained_model_serves_as_soon_as_it_is_promoted(world: Any, anna: Person, without_torch: None) -> None:
    events = await live_a_little(world)
    async with world.hub.works.open() as work:
        work.schedule("recommender.train")
    assert await world.hub.run_jobs() == ["done"]
    live, registry = world.hub.port(LiveRanking), world.hub.port(Registry)
    assert live.version == "untrained"
    assert await take_current(live, registry)
    assert live.version == registry.current()
    await world.act(anna, "event", events[1].event_id, "rsvp_yes", world.runners)
    first = (await world.ids(anna, "event"))[:4]
    assert set(first) <= {event.event_id for event in events if event.club_id == world.runners}


async def test_too_little_to_learn_from_is_said_and_nothing_is_promoted(world: Any, without_torch: None) -> None:
    await world.publish(world.event("Only one", world.runners))
    async with world.hub.works.open() as work:
        job_id = work.schedule("recommender.train")
    assert await world.hub.run_jobs() == ["done"]
    done = await job_status(world.hub.works, job_id)
    assert done is not None
    assert "not enough" in (done.result or {})["why"]
    assert world.hub.port(Registry).current() is None


async def test_only_an_operator_starts_a_training(world: Any, anna: Person) -> None:
    assert (await anna.http.post("admin/train")).status_code == 403
    operator = await world.hub.member("Olga", admin=True)
    assert (await operator.http.post("admin/train")).status_code == 202


async def test_the_model_page_tells_version_and_metrics(world: Any, anna: Person, without_torch: None) -> None:
    assert (await anna.http.get("recommendations/model")).json()["version"] == "untrained"
    await live_a_little(world)
    async with world.hub.works.open() as work:
        work.schedule("recommender.train")
    await world.hub.run_jobs()
    await take_current(world.hub.port(LiveRanking), world.hub.port(Registry))
    shown = (await anna.http.get("recommendations/model")).json()
    assert shown["manifest"]["lineage"]["metrics"]
    assert shown["items"]["event"] == 20
