"""Until the lock nobody can follow the others; after it everyone sees how the crowd picked."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.testing.hub import Person
from tests.sports_service.conftest import answer

HOUR = timedelta(hours=1)


async def test_before_the_lock_only_the_number_of_picks_is_told(sports: Any, anna: Person, ben: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    told = await answer(ben.http.get(f"fixtures/{fixture}/picks"))
    assert (told["picks"], told["crowd"], told["locked"]) == (1, None, False)


async def test_after_the_lock_the_split_is_told(sports: Any, anna: Person, ben: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.pick(ben, fixture, "X")
    sports.hub.clock.advance(HOUR)
    told = await answer(ben.http.get(f"fixtures/{fixture}/picks"))
    assert told["crowd"] == {"home": 1, "draw": 1, "away": 0}
    assert (await sports.see(ben, fixture))["crowd"] == told["crowd"]


@pytest.mark.parametrize("path", ["fixtures", "fixtures/{id}", "fixtures/{id}/picks"])
async def test_no_way_in_tells_anothers_pick_before_the_lock(sports: Any, anna: Person, ben: Person, path: str) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "2")
    response = await ben.http.get(path.format(id=fixture))
    assert response.status_code == 200
    assert anna.id not in response.text
    assert '"crowd":null' in response.text.replace(" ", "")
    assert '"my_pick":{' not in response.text.replace(" ", "")


async def test_a_postponed_match_opens_again_and_so_hides_its_picks(sports: Any, anna: Person, ben: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.enter(fixture, status="postponed", reason="Snow")
    sports.hub.clock.advance(2 * HOUR)
    told = await answer(ben.http.get(f"fixtures/{fixture}/picks"))
    assert (told["locked"], told["crowd"]) == (False, None)


async def test_the_crowd_of_nothing_is_not_found(sports: Any, anna: Person) -> None:
    assert (await answer(anna.http.get("fixtures/nothing/picks")))["code"] == "fixture_not_found"
