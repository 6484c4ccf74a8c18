"""Names and ids are derived, so that importing again finds the same rows."""

import pytest

from sports_service.catalogue.naming import fixture_id, hue, season_id, short_name, team_id
from sports_service.catalogue.schemas import LeagueId


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Liverpool FC", "Liverpool"),
        ("1. FC Köln", "Köln"),
        ("1. FC Heidenheim 1846", "Heidenheim"),
        ("TSG 1899 Hoffenheim", "Hoffenheim"),
        ("Bayer 04 Leverkusen", "Bayer Leverkusen"),
        ("FC Bayern München", "Bayern München"),
        ("AFC Bournemouth", "Bournemouth"),
        ("RB Leipzig", "Leipzig"),
        ("Como 1907", "Como"),
        ("Paris FC", "Paris"),
        ("Paris Saint-Germain FC", "Paris SG"),
        ("FC Internazionale Milano", "Inter"),
        ("AFC", "AFC"),
    ],
)
def test_short_names_are_what_supporters_say(name: str, short: str) -> None:
    assert short_name(name) == short


def test_ids_are_the_same_for_ever() -> None:
    """Written down once: a change here would list every fixture a second time in every hub."""
    home, away = team_id("openfootball", "England", "Arsenal FC"), team_id("openfootball", "England", "Chelsea FC")
    season = season_id(LeagueId("soccer.en.1"), "2025-26")
    assert season == "soccer.en.1.2025-26"
    assert fixture_id("openfootball", season, home, away, "Matchday 1") == GOLDEN


def test_ids_tell_home_from_away_rounds_and_seasons() -> None:
    home, away = team_id("p", "England", "A"), team_id("p", "England", "B")
    one, two = season_id(LeagueId("l"), "2024-25"), season_id(LeagueId("l"), "2025-26")
    ids = {
        fixture_id("p", one, home, away, "1"),
        fixture_id("p", one, away, home, "1"),
        fixture_id("p", one, home, away, "2"),
        fixture_id("p", two, home, away, "1"),
        fixture_id("q", one, home, away, "1"),
    }
    assert len(ids) == 5


def test_a_team_of_one_name_in_two_countries_is_two_teams() -> None:
    assert team_id("p", "England", "Rangers") != team_id("p", "Scotland", "Rangers")


def test_hues_lie_on_the_wheel() -> None:
    assert all(0 <= hue(team_id("p", "x", str(n))) < 360 for n in range(200))


GOLDEN = "76c9b0f6-7087-5706-9f1d-1de0f93749e3"
