"""The tables of the catalogue: leagues, seasons, teams with their aliases, fixtures with their history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sports_service.tables import Base

ADMIN = "admin"


class SportRow(Base):
    __tablename__ = "sports_sports"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class LeagueRow(Base):
    __tablename__ = "sports_leagues"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sport_id: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(80))
    tzid: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    """Where the league stands in lists."""


class SeasonRow(Base):
    """`shift_weeks` is 0 but for demo seasons, whose dates were moved by whole weeks."""

    __tablename__ = "sports_seasons"
    __table_args__ = (Index("ix_sports_seasons_league_id_starts_at", "league_id", "starts_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    league_id: Mapped[str] = mapped_column(String(36))
    label: Mapped[str] = mapped_column(String(40))
    is_demo: Mapped[bool]
    shift_weeks: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class TeamRow(Base):
    __tablename__ = "sports_teams"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sport_id: Mapped[str] = mapped_column(String(36))
    country: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(80))
    short: Mapped[str] = mapped_column(String(40))
    hue: Mapped[int]


class TeamAliasRow(Base):
    """How a provider writes a team's name. Two spellings of one team point to one row of `sports_teams`."""

    __tablename__ = "sports_team_aliases"

    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    country: Mapped[str] = mapped_column(String(80), primary_key=True)
    spelling: Mapped[str] = mapped_column(String(80), primary_key=True)
    team_id: Mapped[str] = mapped_column(String(36), index=True)


class FixtureRow(Base):
    __tablename__ = "sports_fixtures"
    __table_args__ = (
        Index("ix_sports_fixtures_kickoff_at_id", "kickoff_at", "id"),
        Index("ix_sports_fixtures_season_id_kickoff_at", "season_id", "kickoff_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    season_id: Mapped[str] = mapped_column(String(36))
    provider: Mapped[str] = mapped_column(String(20))
    round: Mapped[str] = mapped_column(String(60))
    home_id: Mapped[str] = mapped_column(String(36))
    away_id: Mapped[str] = mapped_column(String(36))
    kickoff_at: Mapped[datetime]
    time_known: Mapped[bool]
    status: Mapped[str] = mapped_column(String(12))
    home_goals: Mapped[int | None]
    away_goals: Mapped[int | None]
    home_half: Mapped[int | None]
    away_half: Mapped[int | None]
    result_by: Mapped[str | None] = mapped_column(String(20))
    """Who said how it ended: a provider, or `admin`, whom no import overrules."""
    kickoff_by: Mapped[str] = mapped_column(String(20))
    corrected: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]


class FixtureChangeRow(Base):
    """What a fixture was before a change, and who changed it why. Never deleted."""

    __tablename__ = "sports_fixture_changes"
    __table_args__ = (UniqueConstraint("fixture_id", "version"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    fixture_id: Mapped[str] = mapped_column(String(36))
    version: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(20))
    member_id: Mapped[str | None] = mapped_column(String(36))
    """The operator, for audit; not shown to members."""
    reason: Mapped[str] = mapped_column(String(300))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class Listing:
    """A fixture with all it is shown with."""

    fixture: FixtureRow
    season: SeasonRow
    league: LeagueRow
    home: TeamRow
    away: TeamRow


@dataclass(frozen=True, slots=True)
class State:
    """What can change about a fixture. Equal states are the same news."""

    status: str
    kickoff_at: datetime
    time_known: bool
    home_goals: int | None = None
    away_goals: int | None = None
    home_half: int | None = None
    away_half: int | None = None
