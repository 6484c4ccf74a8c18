"""The lock lies in the write: whatever was read before, a write after kick-off changes nothing."""

from datetime import timedelta
from typing import Any

from clubkit.testing.hub import Person
from sports_service.catalogue.service import open_for_picks
from sports_service.picks.store import PickStore


async def test_a_write_that_comes_too_late_changes_nothing(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    late = sports.now + timedelta(hours=1)
    async with sports.hub.works.open(now=late) as work:
        store = PickStore(work)
        assert not await store.place(fixture, anna.id, "1", open_for_picks(fixture, work.now))
        assert await store.of(anna.id, [fixture]) == {}


async def test_a_change_that_comes_too_late_keeps_choice_and_time(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(timedelta(hours=1))
    made = await sports.pick(anna, fixture, "1")
    async with sports.hub.works.open(now=sports.now + timedelta(hours=1)) as work:
        store = PickStore(work)
        assert not await store.place(fixture, anna.id, "2", open_for_picks(fixture, work.now))
        assert not await store.remove(fixture, anna.id, open_for_picks(fixture, work.now))
    seen = (await sports.see(anna, fixture))["my_pick"]
    assert (seen["choice"], seen["placed_at"]) == ("1", made["placed_at"])


async def test_a_write_in_time_changes_only_her_own_pick_on_this_fixture(
    sports: Any, anna: Person, ben: Person
) -> None:
    fixture, other = await sports.fixture(), await sports.fixture(round_name="Matchday 2")
    await sports.pick(ben, fixture, "X")
    await sports.pick(anna, other, "X")
    await sports.pick(anna, fixture, "1")
    await sports.pick(anna, fixture, "2")
    assert (await sports.see(ben, fixture))["my_pick"]["choice"] == "X"
    assert (await sports.see(anna, other))["my_pick"]["choice"] == "X"
    assert (await sports.see(anna, fixture))["my_pick"]["choice"] == "2"
