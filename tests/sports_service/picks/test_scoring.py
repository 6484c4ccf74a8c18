"""Scoring is pure, versioned, and explains itself."""

from hypothesis import given
from hypothesis import strategies as st

from sports_service.catalogue.schemas import Score
from sports_service.picks import scoring

goals = st.integers(0, 30)
choices = st.sampled_from(["1", "X", "2"])


@given(goals, goals)
def test_exactly_one_choice_is_right_for_any_score(home: int, away: int) -> None:
    outcome = Score(home=home, away=away).outcome
    assert sorted(scoring.points(choice, outcome) for choice in ("1", "X", "2")) == [0, 0, 3]


@given(goals, goals)
def test_swapping_the_sides_swaps_the_outcome(home: int, away: int) -> None:
    swapped = {"1": "2", "X": "X", "2": "1"}
    assert Score(home=away, away=home).outcome == swapped[Score(home=home, away=away).outcome]


def test_the_rules_drawer_tells_what_the_rule_does() -> None:
    told = scoring.rules()
    assert told.version == scoring.IN_FORCE.version
    for example in told.examples:
        home, away = map(int, example.score.split(":"))
        assert example.points == scoring.points(example.choice, Score(home=home, away=away).outcome)
    assert {example.points for example in told.examples} == {told.points_right, told.points_wrong}


def test_a_rule_in_the_book_is_never_lost() -> None:
    """Old picks name the rule that scored them: it must stay readable."""
    assert "1x2.1" in scoring.RULES
    assert all(version == rule.version for version, rule in scoring.RULES.items())
