"""Leagues and rounds: which season is current, and which round is being played."""

from datetime import timedelta
from typing import Any

from clubkit.testing.hub import Person
from tests.sports_service.conftest import OTHER_LEAGUE, answer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def leagues(person: Person) -> list[dict[str, Any]]:
    return (await answer(person.http.get("leagues")))["data"]  # type: ignore[no-any-return]


async def rounds(person: Person, league: str = "soccer.xx.1") -> list[str]:
    return [r["name"] for r in (await answer(person.http.get(f"leagues/{league}/rounds")))["data"]]


async def test_without_data_there_are_no_leagues(sports: Any, anna: Person) -> None:
    assert await leagues(anna) == []


async def test_leagues_come_in_their_order_with_the_next_kick_off(sports: Any, anna: Person) -> None:
    await sports.fixture(2 * DAY, league=OTHER_LEAGUE)
    await sports.fixture(DAY)
    first, second = await leagues(anna)
    assert (first["name"], second["name"]) == ("Harbour League", "Hill League")
    assert first["next_kickoff_at"] == (sports.now + DAY).isoformat().replace("+00:00", "Z")
    assert (first["season"]["label"], first["season"]["demo"]) == ("2025-26", False)


async def test_the_current_season_is_the_newest_that_has_begun_or_soon_will(sports: Any, anna: Person) -> None:
    await sports.fixture(-300 * DAY, label="2024-25")
    await sports.fixture(DAY, label="2025-26")
    await sports.fixture(200 * DAY, label="2026-27")
    assert (await leagues(anna))[0]["season"]["label"] == "2025-26"


async def test_a_season_far_ahead_is_current_where_there_is_no_other(sports: Any, anna: Person) -> None:
    await sports.fixture(200 * DAY, label="2026-27")
    assert (await leagues(anna))[0]["season"]["label"] == "2026-27"


async def test_a_demo_season_is_told_apart_from_the_real_one(sports: Any, anna: Person) -> None:
    real = await sports.fixture(-400 * DAY)
    demo = await sports.fixture(DAY, label="Demo season", demo=True)
    season = (await leagues(anna))[0]["season"]
    assert (season["label"], season["demo"]) == ("Demo season", True)
    assert real != demo
    assert (await sports.see(anna, real))["demo"] is False


async def test_rounds_come_in_order_of_play_and_a_moved_match_does_not_stretch_its_round(
    sports: Any, anna: Person
) -> None:
    for n, (home, away) in enumerate([("A", "B"), ("C", "D"), ("E", "F")]):
        await sports.fixture(10 * DAY + n * HOUR, home=home, away=away, round_name="Matchday 10")
        await sports.fixture(DAY + n * HOUR, home=home, away=away, round_name="Matchday 2")
    await sports.fixture(60 * DAY, home="G", away="H", round_name="Matchday 2")
    told = (await answer(anna.http.get("leagues/soccer.xx.1/rounds")))["data"]
    assert [r["name"] for r in told] == ["Matchday 2", "Matchday 10"]
    assert told[0]["to_at"] == (sports.now + DAY + 2 * HOUR).isoformat().replace("+00:00", "Z")
    assert (told[0]["fixtures"], told[0]["settled"]) == (4, 0)


async def test_a_lone_moved_match_does_not_make_its_round_the_current_one(sports: Any, anna: Person) -> None:
    await sports.fixture(HOUR, home="G", away="H", round_name="Matchday 31")
    for home, away in [("A", "B"), ("C", "D"), ("E", "F")]:
        await sports.fixture(3 * DAY, home=home, away=away, round_name="Matchday 15")
        await sports.fixture(90 * DAY, home=home, away=away, round_name="Matchday 31")
    assert (await leagues(anna))[0]["current_round"] == "Matchday 15"


async def test_a_round_stays_the_current_one_until_its_last_match_kicks_off(sports: Any, anna: Person) -> None:
    for n, (home, away) in enumerate([("A", "B"), ("C", "D"), ("E", "F")]):
        await sports.fixture(HOUR + n * DAY, home=home, away=away, round_name="Matchday 1")
        await sports.fixture(7 * DAY + n * DAY, home=home, away=away, round_name="Matchday 2")
    sports.hub.clock.advance(2 * DAY)
    assert (await leagues(anna))[0]["current_round"] == "Matchday 1"
    sports.hub.clock.advance(2 * HOUR)
    assert (await leagues(anna))[0]["current_round"] == "Matchday 2"


async def test_after_the_last_match_there_is_no_current_round(sports: Any, anna: Person) -> None:
    await sports.fixture(-DAY, status="settled", score=(1, 0))
    league = (await leagues(anna))[0]
    assert (league["current_round"], league["next_kickoff_at"]) == (None, None)


async def test_the_rounds_of_a_league_we_do_not_have_are_not_found(sports: Any, anna: Person) -> None:
    refused = await answer(anna.http.get("leagues/soccer.zz.1/rounds"))
    assert (refused["code_"], refused["code"]) == (404, "league_not_found")
