"""Picking: until kick-off on the server's clock, and nobody sees it before."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from clubkit.testing.hub import Person

SECOND = timedelta(seconds=1)


async def test_a_pick_is_kept_and_shown_to_who_made_it(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture()
    made = await sports.pick(anna, fixture, "1")
    assert (made["code_"], made["choice"]) == (200, "1")
    assert (await sports.see(anna, fixture))["my_pick"]["choice"] == "1"


async def test_a_pick_may_be_changed_until_kick_off(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    await sports.pick(anna, fixture, "1")
    sports.hub.clock.advance(timedelta(hours=1) - SECOND)
    assert (await sports.pick(anna, fixture, "2"))["code_"] == 200
    assert (await sports.see(anna, fixture))["my_pick"]["choice"] == "2"


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1), SECOND, timedelta(days=20)])
async def test_from_kick_off_on_a_pick_is_refused_with_the_lock_time(
    sports: Any, anna: Person, late: timedelta
) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    sports.hub.clock.advance(timedelta(hours=1) + late)
    refused = await sports.pick(anna, fixture, "1")
    assert (refused["code_"], refused["code"]) == (409, "pick_locked")
    assert refused["errors"][0]["detail"] == "2026-03-14T13:00:00Z"
    assert "13:00 UTC" in refused["detail"]
    assert (await sports.see(anna, fixture))["my_pick"] is None


async def test_a_late_change_leaves_the_pick_as_it_was(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    await sports.pick(anna, fixture, "1")
    sports.hub.clock.advance(timedelta(hours=1))
    assert (await sports.pick(anna, fixture, "2"))["code"] == "pick_locked"
    assert (await sports.see(anna, fixture))["my_pick"]["choice"] == "1"


async def test_the_same_choice_late_is_refused_too(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    await sports.pick(anna, fixture, "1")
    sports.hub.clock.advance(timedelta(hours=1))
    assert (await sports.pick(anna, fixture, "1"))["code"] == "pick_locked"


async def test_putting_the_same_choice_again_keeps_its_first_time(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    first = await sports.pick(anna, fixture, "1")
    sports.hub.clock.advance(timedelta(minutes=5))
    assert (await sports.pick(anna, fixture, "1"))["placed_at"] == first["placed_at"]


async def test_a_pick_can_be_taken_back_until_kick_off(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    await sports.pick(anna, fixture, "1")
    assert (await anna.http.delete(f"fixtures/{fixture}/pick")).status_code == 204
    assert (await anna.http.delete(f"fixtures/{fixture}/pick")).status_code == 204
    assert (await sports.see(anna, fixture))["my_pick"] is None


async def test_after_kick_off_a_pick_stays(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    await sports.pick(anna, fixture, "X")
    sports.hub.clock.advance(timedelta(hours=1))
    refused = await anna.http.delete(f"fixtures/{fixture}/pick")
    assert (refused.status_code, refused.json()["code"]) == (409, "pick_locked")
    assert (await sports.see(anna, fixture))["my_pick"]["choice"] == "X"


async def test_a_pick_on_nothing_is_not_found(sports: Any, anna: Person) -> None:
    refused = await sports.pick(anna, "no-such-fixture", "1")
    assert (refused["code_"], refused["code"]) == (404, "fixture_not_found")


@pytest.mark.parametrize("choice", ["", "3", "x", 1, None])
async def test_any_other_choice_is_refused_with_a_pointer(sports: Any, anna: Person, choice: Any) -> None:
    fixture = await sports.fixture()
    refused = await sports.pick(anna, fixture, choice)
    assert refused["code_"] == 422
    assert refused["errors"][0]["pointer"] == "/choice"


async def test_a_postponed_match_takes_no_picks_and_opens_again_with_its_new_date(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    await sports.pick(anna, fixture, "1")
    await sports.enter(fixture, status="postponed", reason="Waterlogged")
    assert (await sports.pick(anna, fixture, "2"))["code"] == "pick_closed"
    at = sports.now + timedelta(days=3)
    moved = await sports.admin.http.post(f"admin/fixtures/{fixture}/kickoff", json={"kickoff_at": at.isoformat()})
    assert moved.status_code == 200
    sports.hub.clock.set(at - SECOND)
    assert (await sports.see(anna, fixture))["my_pick"]["choice"] == "1"
    assert (await sports.pick(anna, fixture, "2"))["code_"] == 200
    sports.hub.clock.set(at)
    assert (await sports.pick(anna, fixture, "X"))["code"] == "pick_locked"


async def test_a_first_pick_is_told_once_with_where_it_came_from(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture()
    rank_id = "0198c2f0-0000-7000-8000-000000000001"
    await sports.pick(anna, fixture, "1", surface="for_you", rank_id=rank_id)
    await sports.pick(anna, fixture, "1")
    await sports.pick(anna, fixture, "2")
    told = await sports.told("MemberInteracted")
    assert len(told) == 1
    assert (told[0]["kind"], told[0]["item_id"]) == ("pick", fixture)
    assert (told[0]["surface"], told[0]["rank_id"]) == ("for_you", rank_id)


async def test_without_signing_in_there_are_no_picks(sports: Any) -> None:
    fixture = await sports.fixture()
    response = await sports.hub.http().put(f"fixtures/{fixture}/pick", json={"choice": "1"})
    assert response.status_code == 401


async def test_just_around_kick_off_only_the_servers_clock_decides(sports: Any, anna: Person) -> None:
    """Property: at any microsecond, a pick is taken if and only if kick-off is still to come."""
    rng = Random(2026)
    kickoff = sports.now + timedelta(days=1)
    offsets = [
        0,
        1,
        -1,
        *(rng.randint(-2_000_000, 2_000_000) for _ in range(25)),
        *(rng.randint(-5, 5) for _ in range(12)),
    ]
    for number, offset in enumerate(offsets):
        sports.hub.clock.set(kickoff - timedelta(hours=3))
        fixture = await sports.fixture(kickoff, round_name=f"Matchday {number}")
        sports.hub.clock.set(kickoff + timedelta(microseconds=offset))
        made = await sports.pick(anna, fixture, "1")
        assert (made["code_"] == 200) == (offset < 0), offset
        assert ((await sports.see(anna, fixture))["my_pick"] is not None) == (offset < 0), offset
