"""Scoring: pure, versioned, and explained in a sentence. A rule once used is never edited, only followed by another."""

from collections.abc import Callable
from dataclasses import dataclass

from clubkit.contracts.sports import Outcome1X2
from sports_service.catalogue.schemas import FixtureOut, Score
from sports_service.picks.schemas import RulesOut, WorkedExample


@dataclass(frozen=True, slots=True)
class Rule:
    """Points for a choice, given how the match ended after 90 minutes."""

    version: str
    points: Callable[[Outcome1X2, Outcome1X2], int]


POINTS_RIGHT = 3


def _right_or_nothing(choice: Outcome1X2, outcome: Outcome1X2) -> int:
    return POINTS_RIGHT if choice == outcome else 0


RULES = {rule.version: rule for rule in (Rule("1x2.1", _right_or_nothing),)}
IN_FORCE = RULES["1x2.1"]

TIES = (
    "More points come first.",
    "Then more right picks.",
    "Then whoever made her last right pick earlier.",
    "Then the older account.",
)


def points(choice: Outcome1X2, outcome: Outcome1X2, rule: Rule = IN_FORCE) -> int:
    return rule.points(choice, outcome)


def explain(choice: Outcome1X2, fixture: FixtureOut, awarded: int | None) -> str | None:
    """Why these points, for the member who picked; None while there is nothing to explain."""
    if fixture.status == "void":
        return "The match was called off, so this pick does not count."
    if fixture.status == "postponed":
        return "The match is postponed. Your pick stays, and opens again with the new date."
    if awarded is None or fixture.score is None:
        return None
    return _sentence(choice, fixture.home.short, fixture.away.short, fixture.score, awarded)


def _sentence(choice: Outcome1X2, home: str, away: str, score: Score, awarded: int) -> str:
    said = {"1": f"{home} to win", "X": "a draw", "2": f"{away} to win"}[choice]
    verdict = f"right, {awarded} points" if awarded else "no points"
    return f"You picked {said}; it ended {score.home}:{score.away}: {verdict}."


def rules() -> RulesOut:
    """The scoring in force, its examples reckoned by itself."""
    return RulesOut(
        version=IN_FORCE.version,
        points_right=POINTS_RIGHT,
        points_wrong=0,
        rules=(
            f"{POINTS_RIGHT} points for the right outcome: 1 (home wins), X (draw) or 2 (away wins).",
            "What counts is the score after 90 minutes and stoppage time, without extra time and penalties.",
            "Picks lock at kick-off, by the hub's clock. Until then nobody sees yours, and you may change it.",
            "A match that is called off counts for nobody. A postponed one keeps your pick and opens again.",
            "When a result is corrected, everyone's points are reckoned anew.",
        ),
        ties=TIES,
        examples=tuple(_example(choice, score) for choice, score in _EXAMPLES),
    )


_EXAMPLES: tuple[tuple[Outcome1X2, Score], ...] = (
    ("1", Score(home=2, away=1)),
    ("X", Score(home=0, away=0)),
    ("2", Score(home=3, away=0)),
)


def _example(choice: Outcome1X2, score: Score) -> WorkedExample:
    awarded = points(choice, score.outcome)
    return WorkedExample(
        choice=choice, score=f"{score.home}:{score.away}", points=awarded,
        explanation=_sentence(choice, "Home", "Away", score, awarded),
    )  # fmt: skip
