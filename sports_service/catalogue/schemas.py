"""The wire shapes of leagues, teams and fixtures."""

from datetime import datetime
from typing import Annotated, Literal, NewType

from pydantic import AwareDatetime, Field, StringConstraints

from clubkit.contracts.base import Contract
from clubkit.contracts.sports import Outcome1X2
from clubkit.ids import FixtureId

LeagueId = NewType("LeagueId", str)
"""A slug such as `soccer.en.1`: sport, country, tier."""
SeasonId = NewType("SeasonId", str)
TeamId = NewType("TeamId", str)
FixtureStatus = Literal["scheduled", "postponed", "settled", "void"]
MOST_GOALS = 30
Goals = Annotated[int, Field(ge=0, le=MOST_GOALS)]
ReasonText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class Score(Contract):
    """Goals after full time (90 minutes and stoppage); extra time and penalties do not count."""

    home: Goals
    away: Goals

    @property
    def outcome(self) -> Outcome1X2:
        return "X" if self.home == self.away else "1" if self.home > self.away else "2"


class TeamOut(Contract):
    id: TeamId
    name: str
    short: str
    hue: int = Field(ge=0, lt=360)


class FixtureOut(Contract):
    """A match as everyone sees it. Picks lock at `lock_at`, by this server's clock."""

    id: FixtureId
    league_id: LeagueId
    league_name: str
    season_id: SeasonId
    season_label: str
    demo: bool = Field(description="part of a demo season: real teams, shifted dates")
    round: str
    home: TeamOut
    away: TeamOut
    kickoff_at: datetime
    time_known: bool = Field(description="false: only the day is known; picks then lock when that day begins")
    lock_at: datetime
    locked: bool
    status: FixtureStatus
    score: Score | None
    half_time: Score | None
    outcome: Outcome1X2 | None
    corrected: bool = Field(description="the result was changed after it was first entered")
    version: int


class RoundOut(Contract):
    """A round of a season. `from_at`, `to_at`: the first and last kick-off of its main block."""

    name: str
    from_at: datetime
    to_at: datetime
    fixtures: int
    settled: int


class SeasonOut(Contract):
    id: SeasonId
    label: str
    demo: bool
    starts_at: datetime
    ends_at: datetime


class LeagueOut(Contract):
    id: LeagueId
    sport: str
    name: str
    country: str
    season: SeasonOut
    current_round: str | None = Field(description="the round of the next kick-off; null after the last")
    next_kickoff_at: datetime | None


class ChangeOut(Contract):
    """One entry of a fixture's history, newest first."""

    version: int
    at: datetime
    by: str = Field(description="a provider's name, or `admin`")
    reason: str
    before: dict[str, str | int | None]
    after: dict[str, str | int | None]


class EnterResult(Contract):
    """What an operator enters: a final score, or that the match is void or postponed."""

    status: Literal["settled", "void", "postponed"] = "settled"
    score: Score | None = Field(None, description="needed when status is `settled`, else absent")
    reason: ReasonText = "Result entered"


class MoveKickoff(Contract):
    """A new kick-off. Picks that were made stay, and are open again until then."""

    kickoff_at: AwareDatetime
    reason: ReasonText = "Kick-off moved"


class FixtureSettled(Contract):
    """Socket event `fixture.settled`: a result stands, or was corrected."""

    id: FixtureId
    league_id: LeagueId
    home: str
    away: str
    status: FixtureStatus
    score: Score | None
    outcome: Outcome1X2 | None
    version: int
