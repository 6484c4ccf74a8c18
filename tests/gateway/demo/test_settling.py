"""Waiting for the log to take effect, and telling how far a demo world has come."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clubkit.contracts.auth import MemberRegistered
from clubkit.errors import Unavailable
from clubkit.ids import MemberId, new_id
from clubkit.settings import Settings
from clubkit.testing.hub import TestHub
from gateway.demo import settling
from gateway.demo.command import running_hub
from gateway.demo.seeding import state_of
from gateway.demo.settling import WaitingForTheHub, reading
from gateway.demo.stage import Act, Chronicle, Stage, play
from gateway.running import only_hub
from social_service.module import MODULE as SOCIAL
from social_service.people import service as people


@pytest.fixture
async def hub(make_hub: Any) -> TestHub:
    hub: TestHub = await make_hub(SOCIAL)
    return hub


async def somebody(hub: TestHub) -> MemberId:
    member_id = MemberId(new_id())
    await hub.publish(MemberRegistered(member_id=member_id, handle="anna", name="Anna Berg", at=hub.clock()))
    return member_id


async def test_where_no_hub_runs_its_consumers_work_with_the_clock_of_the_story(hub: TestHub) -> None:
    await somebody(hub)
    async with reading(hub.ports, hub.consumers) as settle:
        await settle(hub.clock() - timedelta(days=9))
    async with hub.works.reading() as work:
        assert (await people.by_handle(work, "anna")).name == "Anna Berg"


async def test_where_a_hub_runs_we_wait_until_it_has_read_everything(hub: TestHub) -> None:
    await somebody(hub)
    await hub.settle()
    await WaitingForTheHub(hub.ports, hub.consumers)(hub.clock())


async def test_a_hub_that_stopped_reading_is_not_waited_for_forever(
    hub: TestHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "PATIENCE_SECONDS", 0.3)
    await somebody(hub)
    with pytest.raises(Unavailable, match="nothing is lost"):
        await WaitingForTheHub(hub.ports, hub.consumers)(hub.clock())


async def test_a_hub_with_members_of_its_own_is_not_taken_for_a_fresh_one(hub: TestHub) -> None:
    assert await state_of(hub.works) == "nobody here"
    await somebody(hub)
    await hub.settle()
    assert await state_of(hub.works) == "others here"


async def test_a_page_that_fails_leaves_nothing_and_is_played_again(hub: TestHub) -> None:
    stage, chronicle = Stage(hub.ports, hub.clock(), 7), Chronicle(hub.works)
    played: list[str] = []

    async def first(_work: Any, stage: Stage) -> None:
        stage.things["thing"] = "1"
        played.append("first")

    async def second(_work: Any, _stage: Stage) -> None:
        played.append("second")
        if len(played) == 2:
            raise RuntimeError("the power went")

    acts = [Act(hub.clock(), second), Act(hub.clock() - timedelta(hours=1), first)]
    with pytest.raises(RuntimeError):
        await play(stage, chronicle, "part", acts, lambda _done: None)
    assert "part/000" not in chronicle
    for _ in range(2):
        await chronicle.load()
        await play(stage, chronicle, "part", acts, lambda _done: None)
    assert played == ["first", "second", "first", "second"], "by their time, and once it stood never again"
    fresh = Chronicle(hub.works)
    await fresh.load()
    assert "part/000" in fresh


async def test_names_given_on_a_page_are_known_after_a_restart(hub: TestHub) -> None:
    stage, chronicle = Stage(hub.ports, hub.clock(), 7), Chronicle(hub.works)

    async def name_it(_work: Any, stage: Stage) -> None:
        stage.things["club:chess"] = "c1"

    await play(stage, chronicle, "part", [Act(hub.clock(), name_it)], lambda _done: None)
    fresh = Chronicle(hub.works)
    await fresh.load()
    assert fresh.things() == {"club:chess": "c1"}


def test_a_running_hub_is_found_by_its_lock(tmp_path: Path) -> None:
    settings = Settings.load(data_dir=tmp_path)
    assert running_hub(settings) is None
    with only_hub(settings, "http://127.0.0.1:4321"):
        assert running_hub(settings) == "http://127.0.0.1:4321"
    assert running_hub(settings) is None
