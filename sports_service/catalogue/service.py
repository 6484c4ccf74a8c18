"""The rules of reading the catalogue."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from statistics import median_low

from sqlalchemy import Select, select

from clubkit.db.work import UnitOfWork
from clubkit.ids import FixtureId
from sports_service.catalogue.errors import FixtureNotFound, LeagueNotFound
from sports_service.catalogue.models import ADMIN, FixtureChangeRow, FixtureRow, LeagueRow, Listing, SeasonRow
from sports_service.catalogue.schemas import (
    ChangeOut,
    FixtureOut,
    LeagueId,
    LeagueOut,
    RoundOut,
    Score,
    SeasonId,
    SeasonOut,
    TeamId,
    TeamOut,
)
from sports_service.catalogue.store import CatalogueStore, FixtureFilter, open_at

__all__ = ["FixtureFilter"]

SEASON_AHEAD = timedelta(days=60)
"""A season counts as the current one this long before its first kick-off."""
ROUND_SPREAD = timedelta(days=4)
"""Matches further than this from their round's middle were moved and do not stretch the round."""
FIXTURES_CHANNEL = "fixtures"


def open_for_picks(fixture_id: FixtureId, now: datetime) -> Select[str]:
    """Selects the fixture while it takes picks, else nothing: to be made part of the write that depends on it."""
    return select(FixtureRow.id).where(FixtureRow.id == fixture_id, *open_at(now))


async def fixture(work: UnitOfWork, fixture_id: FixtureId) -> FixtureOut:
    """Raises FixtureNotFound."""
    return out(await listing(work, fixture_id), work.now)


async def listing(work: UnitOfWork, fixture_id: FixtureId) -> Listing:
    """Raises FixtureNotFound."""
    if (found := await CatalogueStore(work).fixture(fixture_id)) is None:
        raise FixtureNotFound
    return found


async def by_ids(work: UnitOfWork, fixture_ids: Collection[FixtureId]) -> dict[FixtureId, FixtureOut]:
    """Those of the fixtures that exist, of any season."""
    if not fixture_ids:
        return {}
    return {found.id: found for found in await fixtures(work, FixtureFilter(ids=tuple(fixture_ids)))}


async def fixtures(work: UnitOfWork, wanted: FixtureFilter, *, limit: int | None = None) -> list[FixtureOut]:
    """Of the current seasons, in order of kick-off; fixtures asked for by id are of any season."""
    store = CatalogueStore(work)
    seasons = None if wanted.ids is not None else [SeasonId(s.id) for s in (await current_seasons(work)).values()]
    return [out(found, work.now) for found in await store.fixtures(wanted, seasons, limit)]


async def current_seasons(work: UnitOfWork) -> dict[LeagueId, SeasonRow]:
    """Each league's newest season that has begun or soon will; before that, its first."""
    current: dict[LeagueId, SeasonRow] = {}
    for season in await CatalogueStore(work).seasons():
        league = LeagueId(season.league_id)
        if league not in current or season.starts_at <= work.now + SEASON_AHEAD:
            current[league] = season
    return current


async def current_season_ids(work: UnitOfWork) -> list[SeasonId]:
    return [SeasonId(season.id) for season in (await current_seasons(work)).values()]


async def leagues(work: UnitOfWork) -> list[LeagueOut]:
    store = CatalogueStore(work)
    seasons = await current_seasons(work)
    coming: dict[str, list[tuple[datetime, int, str]]] = {}
    for season_id, name, count, first in await store.coming_rounds(
        [SeasonId(s.id) for s in seasons.values()], work.now
    ):
        coming.setdefault(season_id, []).append((first, count, name))
    return [
        _league(league, season, sorted(coming.get(season.id, ())))
        for league in await store.leagues()
        if (season := seasons.get(LeagueId(league.id)))
    ]


async def rounds(work: UnitOfWork, league_id: LeagueId) -> list[RoundOut]:
    """Raises LeagueNotFound."""
    season = (await current_seasons(work)).get(league_id)
    if season is None:
        raise LeagueNotFound
    by_round: dict[str, list[tuple[datetime, str]]] = {}
    for name, at, status in await CatalogueStore(work).kickoffs(SeasonId(season.id)):
        by_round.setdefault(name, []).append((at, status))
    return sorted((_round(name, played) for name, played in by_round.items()), key=lambda r: (r.from_at, r.name))


async def demo_shift(work: UnitOfWork) -> int | None:
    """The weeks that the demo season was moved by; None where there is none."""
    return next((s.shift_weeks for s in await CatalogueStore(work).seasons() if s.is_demo), None)


async def demo_awaits_results(work: UnitOfWork, *, kicked_off_before: datetime) -> bool:
    """Whether a match of the demo season that kicked off before then has no result yet."""
    return await CatalogueStore(work).demo_awaits_results(kicked_off_before)


async def history(work: UnitOfWork, fixture_id: FixtureId) -> list[ChangeOut]:
    """Raises FixtureNotFound."""
    await listing(work, fixture_id)
    return [_change(row) for row in await CatalogueStore(work).history(fixture_id)]


def out(found: Listing, now: datetime) -> FixtureOut:
    fixture, season = found.fixture, found.season
    score = _score(fixture.home_goals, fixture.away_goals)
    return FixtureOut(
        id=FixtureId(fixture.id), league_id=LeagueId(found.league.id), league_name=found.league.name,
        season_id=SeasonId(season.id),
        season_label=season.label, demo=season.is_demo, round=fixture.round, home=_team(found, "home"),
        away=_team(found, "away"), kickoff_at=fixture.kickoff_at, time_known=fixture.time_known,
        lock_at=fixture.kickoff_at, locked=is_locked(fixture, now), status=fixture.status,
        score=score, half_time=_score(fixture.home_half, fixture.away_half),
        outcome=score.outcome if score else None, corrected=fixture.corrected, version=fixture.version,
    )  # fmt: skip


def is_locked(fixture: FixtureRow, now: datetime) -> bool:
    """Whether picks can never change again: a postponed match opens again with its new date."""
    return fixture.status in ("settled", "void") or (fixture.status == "scheduled" and fixture.kickoff_at <= now)


def _team(found: Listing, side: str) -> TeamOut:
    team = found.home if side == "home" else found.away
    return TeamOut(id=TeamId(team.id), name=team.name, short=team.short, hue=team.hue)


def _score(home: int | None, away: int | None) -> Score | None:
    return None if home is None or away is None else Score(home=home, away=away)


def _league(league: LeagueRow, season: SeasonRow, coming: Sequence[tuple[datetime, int, str]]) -> LeagueOut:
    """`coming`: (next kick-off, matches around now, name) of rounds with matches to come, soonest first."""
    # A lone moved match that comes first does not make its round the current one.
    most = max((around for _, around, _ in coming), default=0)
    current = next((name for _, around, name in coming if 2 * around >= most), None)
    return LeagueOut(
        id=LeagueId(league.id), sport=league.sport_id, name=league.name, country=league.country,
        season=SeasonOut(
            id=SeasonId(season.id), label=season.label, demo=season.is_demo,
            starts_at=season.starts_at, ends_at=season.ends_at,
        ),
        current_round=current,
        next_kickoff_at=coming[0][0] if coming else None,
    )  # fmt: skip


def _round(name: str, played: Sequence[tuple[datetime, str]]) -> RoundOut:
    middle = median_low([at for at, _ in played])
    block = [at for at, _ in played if abs(at - middle) <= ROUND_SPREAD]
    settled = sum(status == "settled" for _, status in played)
    return RoundOut(name=name, from_at=min(block), to_at=max(block), fixtures=len(played), settled=settled)


def _change(row: FixtureChangeRow) -> ChangeOut:
    by = ADMIN if row.by == ADMIN else row.by
    return ChangeOut(version=row.version, at=row.at, by=by, reason=row.reason, before=row.before, after=row.after)
