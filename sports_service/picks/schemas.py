"""The wire shapes of picks and of the board they are made on."""

from datetime import datetime

from pydantic import Field

from clubkit.contracts.base import Contract
from clubkit.contracts.interactions import Surface
from clubkit.contracts.sports import Outcome1X2
from clubkit.ids import FixtureId, RankId
from sports_service.catalogue.schemas import FixtureOut


class PutPick(Contract):
    """1: the home side wins, X: a draw, 2: the away side wins; after full time."""

    choice: Outcome1X2
    surface: Surface = "picks"
    rank_id: RankId | None = None


class PickOut(Contract):
    """The asker's own pick. `points` is null until the fixture is settled."""

    fixture_id: FixtureId
    choice: Outcome1X2
    placed_at: datetime
    lock_at: datetime
    points: int | None = None
    explanation: str | None = Field(None, description="why these points, in a sentence")


class Crowd(Contract):
    """How everyone picked, in numbers of members."""

    home: int
    draw: int
    away: int


class CrowdOut(Contract):
    """`crowd` is null until the fixture locks, so that nobody can follow the others."""

    fixture_id: FixtureId
    locked: bool
    lock_at: datetime
    picks: int
    crowd: Crowd | None


class BoardFixture(FixtureOut):
    """A fixture on the asker's picks board."""

    my_pick: PickOut | None
    crowd: Crowd | None = Field(None, description="null until the fixture locks")


class WorkedExample(Contract):
    choice: Outcome1X2
    score: str
    points: int
    explanation: str


class RulesOut(Contract):
    """The scoring in force, as the rules drawer shows it."""

    version: str
    points_right: int
    points_wrong: int
    rules: tuple[str, ...]
    ties: tuple[str, ...]
    examples: tuple[WorkedExample, ...]
