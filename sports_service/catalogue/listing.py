"""Taking a whole season in: what is new is added, what is different is changed, the rest is left alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clubkit.db.upsert import insert_or_ignore, upsert
from clubkit.db.work import UnitOfWork
from sports_service.catalogue import naming
from sports_service.catalogue.changing import announce, change, state_of
from sports_service.catalogue.models import (
    ADMIN,
    FixtureRow,
    LeagueRow,
    Listing,
    SeasonRow,
    SportRow,
    State,
    TeamAliasRow,
    TeamRow,
)
from sports_service.catalogue.schemas import LeagueId, SeasonId, TeamId
from sports_service.catalogue.store import CatalogueStore
from sports_service.catalogue.teams import known_spellings

__all__ = ["State"]


@dataclass(frozen=True, slots=True)
class League:
    id: LeagueId
    sport: str
    name: str
    country: str
    tzid: str
    position: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A fixture as a provider tells it, parsed and believed."""

    round: str
    home: str
    away: str
    state: State


@dataclass(frozen=True, slots=True)
class SeasonListing:
    provider: str
    league: League
    label: str
    entries: Sequence[Entry]
    is_demo: bool = False
    shift_weeks: int = 0

    @property
    def season_id(self) -> SeasonId:
        return naming.season_id(self.league.id, "demo" if self.is_demo else self.label)


@dataclass(slots=True)
class Listed:
    """How a season was taken in. `overruled`: an operator had said otherwise, and stays right."""

    added: int = 0
    changed: int = 0
    same: int = 0
    overruled: int = 0


async def list_season(work: UnitOfWork, season: SeasonListing) -> Listed:
    """Brings the catalogue to what the provider says. Publishes one FixtureListed per new or changed fixture."""
    teams = await _keep_frame(work, season)
    known = {found.fixture.id: found for found in await CatalogueStore(work).of_season(season.season_id)}
    listed = Listed()
    for entry in season.entries:
        fresh = _fixture(season, entry, teams)
        if (found := known.get(fresh.id)) is None:
            _add(work, season, fresh, teams, entry)
            listed.added += 1
        else:
            _update(work, found, entry.state, season.provider, listed)
    return listed


def _update(work: UnitOfWork, found: Listing, told: State, provider: str, listed: Listed) -> None:
    new = _respecting_operators(found.fixture, told, work.now)
    if new != told:
        listed.overruled += 1
    if change(work, found, new, by=provider, reason=f"As told by {provider}"):
        listed.changed += 1
    else:
        listed.same += 1


def _respecting_operators(fixture: FixtureRow, told: State, now: datetime) -> State:
    """The provider's word less what an operator of this hub decided: her results and her dates stand."""
    own = state_of(fixture)
    new = told
    if fixture.kickoff_by == ADMIN:
        new = replace(new, kickoff_at=own.kickoff_at, time_known=own.time_known)
    over = ("settled", "void")
    hers = fixture.result_by == ADMIN and (own.status in over or new.status not in over)
    if hers or (new.status == "settled" and new.kickoff_at > now):
        new = replace(own, kickoff_at=new.kickoff_at, time_known=new.time_known)
    return new


def _fixture(season: SeasonListing, entry: Entry, teams: dict[str, TeamRow]) -> FixtureRow:
    home, away = teams[entry.home], teams[entry.away]
    state = entry.state
    over = state.status in ("settled", "void")
    return FixtureRow(
        id=naming.fixture_id(season.provider, season.season_id, TeamId(home.id), TeamId(away.id), entry.round),
        season_id=season.season_id, provider=season.provider, round=entry.round, home_id=home.id, away_id=away.id,
        kickoff_at=state.kickoff_at, time_known=state.time_known, status=state.status,
        home_goals=state.home_goals, away_goals=state.away_goals, home_half=state.home_half, away_half=state.away_half,
        result_by=season.provider if over else None, kickoff_by=season.provider, corrected=False, version=1,
    )  # fmt: skip


def _add(work: UnitOfWork, season: SeasonListing, fresh: FixtureRow, teams: dict[str, TeamRow], entry: Entry) -> None:
    CatalogueStore(work).add(fresh)
    league = season.league
    league_row = LeagueRow(id=league.id, sport_id=league.sport, name=league.name, country=league.country)
    season_row = SeasonRow(id=season.season_id, label=season.label, is_demo=season.is_demo)
    announce(work, Listing(fresh, season_row, league_row, teams[entry.home], teams[entry.away]))


async def _keep_frame(work: UnitOfWork, season: SeasonListing) -> dict[str, TeamRow]:
    """Sport, league, season and teams; answers the team of each spelling in the document."""
    league = season.league
    await insert_or_ignore(work.session, SportRow, [{"id": league.sport, "name": league.sport.capitalize()}])
    league_row = {
        "id": league.id, "sport_id": league.sport, "name": league.name, "country": league.country,
        "tzid": league.tzid, "position": league.position,
    }  # fmt: skip
    await upsert(work.session, LeagueRow, [league_row], keys=["id"])
    kickoffs = [entry.state.kickoff_at for entry in season.entries]
    season_row = {
        "id": season.season_id, "league_id": league.id, "label": season.label, "is_demo": season.is_demo,
        "shift_weeks": season.shift_weeks, "starts_at": min(kickoffs), "ends_at": max(kickoffs),
    }  # fmt: skip
    await upsert(work.session, SeasonRow, [season_row], keys=["id"])
    return await _keep_teams(work, season)


async def _keep_teams(work: UnitOfWork, season: SeasonListing) -> dict[str, TeamRow]:
    league, provider = season.league, season.provider
    spellings = sorted({name for entry in season.entries for name in (entry.home, entry.away)})
    known = await known_spellings(work, provider, league.country)
    unknown = [name for name in spellings if name not in known]
    teams, aliases = [], []
    for name in unknown:
        team = naming.team_id(provider, league.country, name)
        teams.append(
            {
                "id": team, "sport_id": league.sport, "country": league.country, "name": name,
                "short": naming.short_name(name), "hue": naming.hue(team),
            }
        )  # fmt: skip
        aliases.append({"provider": provider, "country": league.country, "spelling": name, "team_id": team})
    await insert_or_ignore(work.session, TeamRow, teams)
    await insert_or_ignore(work.session, TeamAliasRow, aliases)
    return await known_spellings(work, provider, league.country) if unknown else known
