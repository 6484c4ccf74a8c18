"""Leagues, seasons, teams and fixtures in SQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, select, tuple_
from sqlalchemy.orm import aliased

from clubkit.db.work import UnitOfWork
from clubkit.ids import FixtureId
from sports_service.catalogue.models import (
    FixtureChangeRow,
    FixtureRow,
    LeagueRow,
    Listing,
    SeasonRow,
    TeamRow,
)
from sports_service.catalogue.schemas import LeagueId, SeasonId

JUST_BEFORE, SOON = timedelta(days=4), timedelta(days=12)
"""What counts as around now, when asking which round is being played."""


@dataclass(frozen=True, slots=True)
class FixtureFilter:
    """Which fixtures, in which order. `after`: the kick-off and id of the last one already seen."""

    league: LeagueId | None = None
    round_name: str | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None
    ids: tuple[FixtureId, ...] | None = None
    among: Select[str] | None = None
    not_among: Select[str] | None = None
    newest_first: bool = False
    after: tuple[datetime, FixtureId] | None = None


def open_at(now: datetime) -> tuple[Any, Any]:
    """The conditions under which picks are taken: the lock lies in the query, not in front of it."""
    return (FixtureRow.status == "scheduled", FixtureRow.kickoff_at > now)


class CatalogueStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def fixture(self, fixture_id: FixtureId) -> Listing | None:
        found = await self._listings(_listings().where(FixtureRow.id == fixture_id))
        return found[0] if found else None

    async def fixtures(
        self, wanted: FixtureFilter, seasons: Collection[SeasonId] | None, limit: int | None
    ) -> list[Listing]:
        """In order of kick-off. `seasons` None: of all seasons."""
        query = _narrowed(_listings(), wanted)
        if seasons is not None:
            query = query.where(FixtureRow.season_id.in_(seasons))
        return await self._listings(query.limit(limit))

    async def of_season(self, season_id: SeasonId) -> list[Listing]:
        return await self._listings(_listings().where(FixtureRow.season_id == season_id))

    async def leagues(self) -> Sequence[LeagueRow]:
        return (await self._session.scalars(select(LeagueRow).order_by(LeagueRow.position, LeagueRow.id))).all()

    async def seasons(self) -> Sequence[SeasonRow]:
        """All seasons, oldest first."""
        return (await self._session.scalars(select(SeasonRow).order_by(SeasonRow.starts_at))).all()

    async def coming_rounds(
        self, seasons: Collection[SeasonId], now: datetime
    ) -> Sequence[tuple[str, str, int, datetime]]:
        """(season, round, matches of it around now, the next of them) of each round with matches to come."""
        at = FixtureRow.kickoff_at
        around = func.sum(case((at.between(now - JUST_BEFORE, now + SOON), 1), else_=0))
        coming = func.min(case((and_(*open_at(now)), at)))
        query = (
            select(FixtureRow.season_id, FixtureRow.round, around, coming)
            .where(FixtureRow.season_id.in_(seasons))
            .group_by(FixtureRow.season_id, FixtureRow.round)
            .having(coming.is_not(None))
        )
        return [(season, name, count, first) for season, name, count, first in await self._session.execute(query)]

    async def kickoffs(self, season_id: SeasonId) -> Sequence[tuple[str, datetime, str]]:
        """(round, kick-off, status) of every fixture of a season, in order of play."""
        query = select(FixtureRow.round, FixtureRow.kickoff_at, FixtureRow.status)
        query = query.where(FixtureRow.season_id == season_id).order_by(FixtureRow.kickoff_at)
        return [(name, at, status) for name, at, status in await self._session.execute(query)]

    async def demo_awaits_results(self, kicked_off_before: datetime) -> bool:
        query = select(FixtureRow.id).join(SeasonRow, SeasonRow.id == FixtureRow.season_id).limit(1)
        overdue = (FixtureRow.status == "scheduled", FixtureRow.kickoff_at < kicked_off_before)
        return await self._session.scalar(query.where(SeasonRow.is_demo, *overdue)) is not None

    async def history(self, fixture_id: FixtureId) -> Sequence[FixtureChangeRow]:
        query = select(FixtureChangeRow).where(FixtureChangeRow.fixture_id == fixture_id)
        return (await self._session.scalars(query.order_by(FixtureChangeRow.version.desc()))).all()

    def add(self, row: Any) -> None:
        self._session.add(row)

    async def _listings(self, query: Select[*tuple[Any, ...]]) -> list[Listing]:
        return [Listing(*row) for row in await self._session.execute(query)]


def _listings() -> Select[*tuple[Any, ...]]:
    home, away = aliased(TeamRow), aliased(TeamRow)
    return (
        select(FixtureRow, SeasonRow, LeagueRow, home, away)
        .join(SeasonRow, SeasonRow.id == FixtureRow.season_id)
        .join(LeagueRow, LeagueRow.id == SeasonRow.league_id)
        .join(home, home.id == FixtureRow.home_id)
        .join(away, away.id == FixtureRow.away_id)
    )


def _narrowed(query: Select[*tuple[Any, ...]], wanted: FixtureFilter) -> Select[*tuple[Any, ...]]:
    if wanted.ids is not None:
        query = query.where(FixtureRow.id.in_(wanted.ids))
    if wanted.league is not None:
        query = query.where(SeasonRow.league_id == wanted.league)
    if wanted.round_name is not None:
        query = query.where(FixtureRow.round == wanted.round_name)
    if wanted.from_at is not None:
        query = query.where(FixtureRow.kickoff_at >= wanted.from_at)
    if wanted.to_at is not None:
        query = query.where(FixtureRow.kickoff_at < wanted.to_at)
    if wanted.among is not None:
        query = query.where(FixtureRow.id.in_(wanted.among))
    if wanted.not_among is not None:
        query = query.where(FixtureRow.id.not_in(wanted.not_among))
    return _ordered(query, wanted)


def _ordered(query: Select[*tuple[Any, ...]], wanted: FixtureFilter) -> Select[*tuple[Any, ...]]:
    place = tuple_(FixtureRow.kickoff_at, FixtureRow.id)
    if wanted.after is not None:
        query = query.where(place < wanted.after if wanted.newest_first else place > wanted.after)
    if wanted.newest_first:
        return query.order_by(FixtureRow.kickoff_at.desc(), FixtureRow.id.desc())
    return query.order_by(FixtureRow.kickoff_at, FixtureRow.id)
