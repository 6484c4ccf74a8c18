"""Many at once, and the log telling a thing twice: neither changes what stands."""

import asyncio
from datetime import timedelta
from typing import Any

from clubkit.contracts.sports import FixtureListed
from clubkit.testing.hub import Person
from sports_service.picks.handlers import settle_picks

HOUR = timedelta(hours=1)


async def test_one_member_on_many_devices_has_one_pick(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    answers = await asyncio.gather(*(sports.pick(anna, fixture, choice) for choice in "1X2" * 5))
    assert {made["code_"] for made in answers} == {200}
    sports.hub.clock.advance(HOUR)
    crowd = (await sports.see(anna, fixture))["crowd"]
    assert sum(crowd.values()) == 1
    assert len(await sports.told("MemberInteracted")) == 1


async def test_many_members_picking_at_once_are_all_counted(sports: Any) -> None:
    fixture = await sports.fixture(HOUR)
    people = [await sports.member(f"Member {n}") for n in range(8)]
    await asyncio.gather(*(sports.pick(person, fixture, "1X2"[n % 3]) for n, person in enumerate(people)))
    sports.hub.clock.advance(HOUR)
    assert (await sports.see(people[0], fixture))["crowd"] == {"home": 3, "draw": 3, "away": 2}


async def test_the_same_news_again_settles_nothing_again(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.play(fixture, 1, 0)
    news = [FixtureListed.model_validate(f) for f in await sports.told("FixtureListed") if f["version"] == 2]
    async with sports.hub.works.open() as work:
        await settle_picks(work, news + news)
    assert len(await sports.told("PickSettled")) == 1
    assert await sports.points(anna, fixture) == 3


async def test_old_news_after_new_does_not_bring_the_old_result_back(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.play(fixture, 1, 0)
    await sports.result(fixture, 0, 1, reason="Corrected")
    old = [FixtureListed.model_validate(f) for f in await sports.told("FixtureListed") if f["outcome"] == "1"]
    async with sports.hub.works.open() as work:
        await settle_picks(work, old)
    assert await sports.points(anna, fixture) == 0


async def test_between_a_correction_and_its_settling_no_wrong_points_are_shown(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.play(fixture, 1, 0)
    body = {"score": {"home": 0, "away": 1}, "reason": "Corrected"}
    assert (await sports.admin.http.post(f"admin/fixtures/{fixture}/result", json=body)).status_code == 200
    assert await sports.points(anna, fixture) is None
    await sports.hub.settle(jobs=True)
    assert await sports.points(anna, fixture) == 0


async def test_picks_of_another_match_are_left_alone(sports: Any, anna: Person) -> None:
    one, other = await sports.fixture(HOUR), await sports.fixture(HOUR, round_name="Matchday 2")
    await sports.pick(anna, one, "1")
    await sports.pick(anna, other, "1")
    await sports.play(one, 1, 0)
    assert await sports.points(anna, other) is None
    assert [f["fixture_id"] for f in await sports.told("PickSettled")] == [one]
