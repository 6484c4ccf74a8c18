"""The demo season: real teams, shifted by whole weeks so that it is being played now, and going on by itself."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clubkit.testing.hub import Person
from sports_service.ingest.demo import BUNDLE, PLAY_ON, load_demo, weeks_to
from sports_service.module import MODULE
from sports_service.picks.demo import backdate_demo_picks, pick_something
from tests.sports_service.conftest import answer

DAY = timedelta(days=1)


async def window(person: Person, start: datetime, end: datetime) -> list[dict[str, Any]]:
    query = {"from": start.isoformat(), "to": end.isoformat(), "limit": 100}
    return (await answer(person.http.get("fixtures", params=query)))["data"]  # type: ignore[no-any-return]


async def play_on(sports: Any) -> None:
    """What the recurring job does."""
    assert PLAY_ON in {every.job for every in MODULE.recurring}
    async with sports.hub.works.open() as work:
        work.schedule(PLAY_ON)
    await sports.hub.settle(jobs=True)


def test_what_is_shipped_stays_small() -> None:
    assert BUNDLE.stat().st_size <= 150_000
    assert (BUNDLE.parent / "LICENSE-openfootball.md").is_file()


@pytest.mark.parametrize("day", range(0, 364, 13))
def test_on_any_day_of_the_year_the_anchor_is_at_most_half_a_week_away(day: int) -> None:
    now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC) + day * DAY
    anchored = datetime(2025, 12, 6, tzinfo=UTC) + timedelta(weeks=weeks_to(now))
    assert abs((now.replace(hour=0) - anchored).days) <= 4


@pytest.mark.parametrize("later", [0, 1, 2, 3, 4, 5, 6])
async def test_on_any_weekday_there_are_matches_just_over_and_matches_soon(
    sports: Any, anna: Person, later: int
) -> None:
    now = sports.hub.clock.advance(later * DAY)
    await load_demo(sports.hub.works, now=now)
    over = [f for f in await window(anna, now - 8 * DAY, now) if f["status"] == "settled"]
    soon = [f for f in await window(anna, now, now + 6 * DAY) if not f["locked"]]
    assert len(over) >= 10
    assert len(soon) >= 9
    assert all(f["demo"] and f["season_label"] == "Demo season" for f in over + soon)


async def test_no_result_is_told_before_its_match_is_over(sports: Any, anna: Person) -> None:
    await load_demo(sports.hub.works, now=sports.now)
    for fixture in await window(anna, sports.now - timedelta(hours=2), sports.now + 60 * DAY):
        assert (fixture["score"], fixture["outcome"]) == (None, None)
        assert fixture["status"] in ("scheduled", "postponed")


async def test_saturdays_stay_saturdays(sports: Any, anna: Person) -> None:
    demo = await load_demo(sports.hub.works, now=sports.now)
    opening = (await answer(anna.http.get("leagues")))["data"][0]["season"]["starts_at"]
    real = datetime(2025, 8, 15, 20, 0, tzinfo=ZoneInfo("Europe/London"))
    moved = datetime.fromisoformat(opening).astimezone(real.tzinfo)
    assert moved.replace(tzinfo=None) == real.replace(tzinfo=None) + timedelta(weeks=demo.shift_weeks)


async def test_the_demo_plays_on_by_itself_and_settles_picks(sports: Any, anna: Person) -> None:
    await load_demo(sports.hub.works, now=sports.now)
    fixture = (await window(anna, sports.now, sports.now + 5 * DAY))[0]
    await sports.pick(anna, fixture["id"], "1")
    kickoff = datetime.fromisoformat(fixture["kickoff_at"])
    sports.hub.clock.set(kickoff + timedelta(minutes=119))
    await play_on(sports)
    assert (await sports.see(anna, fixture["id"]))["status"] == "scheduled"
    sports.hub.clock.set(kickoff + timedelta(minutes=121))
    await play_on(sports)
    seen = await sports.see(anna, fixture["id"])
    assert seen["status"] == "settled"
    assert seen["my_pick"]["points"] == (3 if seen["outcome"] == "1" else 0)


async def test_loading_again_weeks_later_keeps_the_dates(sports: Any, anna: Person) -> None:
    first = await load_demo(sports.hub.works, now=sports.now)
    before = {f["id"]: f["kickoff_at"] for f in await window(anna, sports.now, sports.now + 20 * DAY)}
    again = await load_demo(sports.hub.works, now=sports.hub.clock.advance(10 * DAY))
    assert (again.shift_weeks, again.listed.added) == (first.shift_weeks, 0)
    after = {f["id"]: f["kickoff_at"] for f in await window(anna, sports.now - 10 * DAY, sports.now + 10 * DAY)}
    assert after == before


async def test_without_a_demo_season_there_is_nothing_to_play_on(sports: Any, anna: Person) -> None:
    await sports.fixture(-3 * DAY)
    sports.hub.clock.advance(DAY)
    await play_on(sports)
    assert len(await sports.told("FixtureListed")) == 1


async def test_demo_members_have_a_past_on_the_board_and_picks_on_matches_to_come(sports: Any, anna: Person) -> None:
    people = [anna, *[await sports.member(f"Member {n}") for n in range(3)]]
    await load_demo(sports.hub.works, now=sports.now)
    placed = await backdate_demo_picks(sports.hub.works, [p.id for p in people])
    assert placed > 40
    board = await sports.board(anna)
    assert board["ranked"] == 4
    assert board["data"][0]["points"] > 0
    upcoming = await answer(anna.http.get("fixtures", params={"picked": True, "from": sports.now.isoformat()}))
    assert upcoming["data"]
    assert all(datetime.fromisoformat(f["my_pick"]["placed_at"]) < sports.now for f in upcoming["data"])
    assert await backdate_demo_picks(sports.hub.works, [p.id for p in people]) == 0


async def test_backdated_picks_lie_before_their_kick_off(sports: Any, anna: Person) -> None:
    await load_demo(sports.hub.works, now=sports.now)
    await backdate_demo_picks(sports.hub.works, [anna.id])
    mine = (await answer(anna.http.get("fixtures", params={"picked": True, "limit": 100})))["data"]
    assert len(mine) > 10
    assert all(f["my_pick"]["placed_at"] < f["kickoff_at"] for f in mine)
    kickoffs = {f["id"]: datetime.fromisoformat(f["kickoff_at"]) for f in mine}
    told = await sports.told("PickSettled")
    assert {f["fixture_id"] for f in told} == {f["id"] for f in mine if f["status"] == "settled"}
    assert all(datetime.fromisoformat(f["at"]) == kickoffs[f["fixture_id"]] + timedelta(hours=2) for f in told)


async def test_a_simulated_member_picks_by_the_rules(sports: Any, anna: Person) -> None:
    soon = await sports.fixture(DAY)
    await sports.fixture(-DAY, round_name="Matchday 0")
    async with sports.hub.works.open() as work:
        made = await pick_something(work, anna.id, rng=Random(1))
    assert made is not None
    assert made.fixture_id == soon
    async with sports.hub.works.open() as work:
        assert await pick_something(work, anna.id, rng=Random(1)) is None
