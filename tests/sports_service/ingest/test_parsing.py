"""What we believe of a season, and why not the rest."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sports_service.ingest.openfootball_parsing import (
    NotBelievedError,
    Reading,
    matches_of,
    read_match,
    read_matches,
)

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LONDON = Reading("Europe/London", date(2025, 6, 1), date(2026, 9, 30), NOW)
MADRID = Reading("Europe/Madrid", date(2025, 6, 1), date(2026, 9, 30), NOW)


def match(**changes: Any) -> dict[str, Any]:
    base = {
        "round": "Matchday 1", "date": "2025-08-15", "time": "20:00", "team1": "Liverpool FC", "team2": "Everton FC",
        "score": {"ht": [1, 0], "ft": [4, 2]},
    }  # fmt: skip
    return {key: value for key, value in (base | changes).items() if value is not ...}


def test_a_kick_off_in_summer_time_and_one_in_winter_are_both_right_in_utc() -> None:
    assert read_match(match(), LONDON).state.kickoff_at == datetime(2025, 8, 15, 19, 0, tzinfo=UTC)
    assert read_match(match(date="2025-12-06"), LONDON).state.kickoff_at == datetime(2025, 12, 6, 20, 0, tzinfo=UTC)
    assert read_match(match(), MADRID).state.kickoff_at == datetime(2025, 8, 15, 18, 0, tzinfo=UTC)


def test_a_finished_match_has_both_scores() -> None:
    state = read_match(match(), LONDON).state
    assert (state.status, state.home_goals, state.away_goals) == ("settled", 4, 2)
    assert (state.home_half, state.away_half) == (1, 0)


@pytest.mark.parametrize(
    "score",
    [
        {"ft": [4, 2]},
        [4, 2],
        {"ft": [4, 2], "et": [5, 2]},
        {"ft": [4, 2], "et": [4, 2], "p": [5, 6]},
    ],
)
def test_full_time_counts_however_it_is_written_and_whatever_came_after(score: Any) -> None:
    state = read_match(match(score=score), LONDON).state
    assert (state.home_goals, state.away_goals, state.home_half) == (4, 2, None)


def test_the_oldest_form_of_a_score_is_read_too() -> None:
    state = read_match(match(score=..., score1=4, score2=2), LONDON).state
    assert (state.status, state.home_goals, state.away_goals) == ("settled", 4, 2)
    assert read_match(match(score=..., score1=None, score2=None), LONDON).state.status == "scheduled"


@pytest.mark.parametrize("score", [..., {}, None])
def test_without_a_score_a_match_is_still_to_be_played(score: Any) -> None:
    state = read_match(match(score=score), LONDON).state
    assert (state.status, state.home_goals) == ("scheduled", None)


def test_without_a_time_a_match_locks_as_its_day_begins_where_it_is_played() -> None:
    state = read_match(match(time=..., score=...), MADRID).state
    assert (state.kickoff_at, state.time_known) == (datetime(2025, 8, 14, 22, 0, tzinfo=UTC), False)


@pytest.mark.parametrize("told", ["9:30", "09:30", "9.30"])
def test_times_with_and_without_a_leading_nought_are_the_same(told: str) -> None:
    assert read_match(match(time=told), LONDON).state.kickoff_at.hour == 8


@pytest.mark.parametrize(
    ("told", "score", "status"),
    [
        ("postponed", {}, "postponed"),
        ("postponed", {"ft": [1, 0]}, "settled"),
        ("cancelled", {}, "void"),
        ("abandoned", {}, "void"),
        ("awarded", {"ft": [3, 0]}, "settled"),
    ],
)
def test_the_words_for_what_became_of_a_match(told: str, score: Any, status: str) -> None:
    assert read_match(match(status=told, score=score), LONDON).state.status == status


def test_an_abandoned_match_keeps_no_score() -> None:
    assert read_match(match(status="abandoned", score={"ft": [1, 0]}), LONDON).state.home_goals is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"team1": ""}, "no_team"),
        ({"team2": None}, "no_team"),
        ({"team2": ...}, "no_team"),
        ({"team1": "N.N."}, "team_open"),
        ({"team1": "x" * 81}, "long_name"),
        ({"team2": "Liverpool  FC"}, "one_team"),
        ({"round": ...}, "no_round"),
        ({"round": 7}, "no_round"),
        ({"date": "15.8.2025"}, "bad_date"),
        ({"date": None}, "bad_date"),
        ({"date": "2025-02-30"}, "bad_date"),
        ({"date": "2025-01-01"}, "wrong_season"),
        ({"date": "2027-01-01"}, "wrong_season"),
        ({"time": "25:00"}, "bad_time"),
        ({"time": "20:60"}, "bad_time"),
        ({"time": "late"}, "bad_time"),
        ({"time": 20}, "bad_time"),
        ({"score": {"ft": [1]}}, "bad_score"),
        ({"score": {"ft": ["1", "0"]}}, "bad_score"),
        ({"score": {"ft": [True, 0]}}, "bad_score"),
        ({"score": {"ft": [-1, 0]}}, "bad_score"),
        ({"score": {"ft": [31, 0]}}, "bad_score"),
        ({"score": "4-2"}, "bad_score"),
        ({"score": {"et": [2, 1]}}, "no_full_time"),
        ({"score": {"ht": [5, 0], "ft": [4, 2]}}, "half_over_full"),
        ({"status": "awarded", "score": {}}, "no_full_time"),
        ({"status": "delayed"}, "bad_status"),
        ({"date": "2026-09-30"}, None),
        ({"date": "2025-06-01"}, None),
    ],
)
def test_what_cannot_be_believed_is_turned_away_with_its_reason(changes: dict[str, Any], code: str | None) -> None:
    entries, turned_away = read_matches([match(**changes)], LONDON)
    assert [t.code for t in turned_away] == ([code] if code else [])
    assert len(entries) == (0 if code else 1)
    assert all(t.reason.endswith(".") and t.raw for t in turned_away)


def test_a_score_of_a_match_that_cannot_be_over_is_not_believed() -> None:
    early = Reading("Europe/London", LONDON.first_day, LONDON.last_day, datetime(2025, 8, 15, 20, 59, tzinfo=UTC))
    with pytest.raises(NotBelievedError) as doubt:
        read_match(match(), early)
    assert doubt.value.code == "score_from_the_future"
    over = Reading("Europe/London", LONDON.first_day, LONDON.last_day, datetime(2025, 8, 15, 21, 0, tzinfo=UTC))
    assert read_match(match(), over).state.status == "settled"


def test_a_demo_keeps_such_a_score_back() -> None:
    early = datetime(2025, 8, 15, 20, 0, tzinfo=UTC)
    reading = Reading("Europe/London", LONDON.first_day, LONDON.last_day, early, hold_results=True)
    state = read_match(match(), reading).state
    assert (state.status, state.home_goals, state.home_half) == ("scheduled", None, None)


def test_a_match_that_stands_there_twice_is_taken_once() -> None:
    entries, turned_away = read_matches([match(), match(date="2025-08-16")], LONDON)
    assert len(entries) == 1
    assert [(t.entry, t.code) for t in turned_away] == [(1, "twice")]


def test_the_return_match_in_the_same_round_is_another_match() -> None:
    entries, _ = read_matches([match(), match(team1="Everton FC", team2="Liverpool FC")], LONDON)
    assert len(entries) == 2


def test_bad_entries_do_not_keep_good_ones_out_and_keep_their_place() -> None:
    entries, turned_away = read_matches([7, match(), None, match(round="Matchday 2"), match(date="?")], LONDON)
    assert [entry.round for entry in entries] == ["Matchday 1", "Matchday 2"]
    assert [t.entry for t in turned_away] == [0, 2, 4]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_json"),
        (b'{"matches": [', "not_json"),
        (b"[]", "no_matches"),
        (b'{"matches": {}}', "no_matches"),
        (b'{"matches": []}', "no_matches"),
        (b'{"matches": [' + b"1," * 2_000 + b"1]}", "too_many"),
    ],
)
def test_a_document_that_is_not_a_season_says_so(raw: bytes, code: str) -> None:
    with pytest.raises(NotBelievedError) as doubt:
        matches_of(raw)
    assert doubt.value.code == code


json = st.recursive(
    st.none() | st.booleans() | st.integers(-40, 40) | st.text(max_size=12) | st.sampled_from(["2025-08-15", "20:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["ft", "ht", "et", "p"]), inner),
    max_leaves=6,
)
fields = st.sampled_from(["round", "stage", "date", "time", "team1", "team2", "score", "score1", "status"])


@given(st.dictionaries(fields, json))
def test_whatever_an_entry_holds_it_is_believed_or_turned_away_and_nothing_else(changes: dict[str, Any]) -> None:
    entries, turned_away = read_matches([match() | changes], LONDON)
    assert len(entries) + len(turned_away) == 1
    for entry in entries:
        assert (entry.state.status == "settled") == (entry.state.home_goals is not None)
        assert entry.home != entry.away


@given(st.integers(-200, 200))
def test_a_shift_moves_by_whole_weeks_at_the_same_local_hour(weeks: int) -> None:
    moved = Reading("Europe/London", LONDON.first_day, LONDON.last_day, NOW, weeks, hold_results=True)
    from_zone, to_zone = (read_match(match(), r).state.kickoff_at.astimezone(ZONE) for r in (LONDON, moved))
    assert (to_zone.date() - from_zone.date()).days == 7 * weeks
    assert to_zone.time() == from_zone.time()
    assert to_zone.weekday() == from_zone.weekday()
