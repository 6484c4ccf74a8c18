"""The rules of leaderboards: which picks count, who may look, how a board is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from sports_service.catalogue import service as catalogue
from sports_service.leaderboards.errors import ClubNotVisible
from sports_service.leaderboards.schemas import Board, LeaderRow, Period, RankedMember
from sports_service.leaderboards.store import BoardStore, PeopleStore, Span
from sports_service.picks.scoring import TIES
from sports_service.picks.service import settled_picks

DAY, WEEK = timedelta(days=1), timedelta(days=7)


async def club_board(
    work: UnitOfWork, member_id: MemberId, club_id: ClubId, period: Period, *, after: int = 0, limit: int = 50
) -> Board:
    """The board of a club behind rank `after`, with one row more than `limit` if there is one.

    Raises ClubNotVisible.
    """
    if not await PeopleStore(work).is_member(club_id, member_id):
        raise ClubNotVisible
    return await _board(work, member_id, club_id, period, after, limit)


async def hub_board(work: UnitOfWork, member_id: MemberId, period: Period, *, after: int = 0, limit: int = 50) -> Board:
    """The board of everyone on the hub; else as `club_board`."""
    return await _board(work, member_id, None, period, after, limit)


async def span_of(work: UnitOfWork, period: Period) -> Span:
    """Weeks begin on Monday and months on the first, UTC. The season is each league's current one."""
    now = work.now
    if period == "season":
        return Span(None, None, tuple(await catalogue.current_season_ids(work)), now - WEEK)
    starts_at, ends_at = week_of(now) if period == "week" else month_of(now)
    return Span(starts_at, ends_at, None, now - (DAY if period == "week" else WEEK))


def week_of(now: datetime) -> tuple[datetime, datetime]:
    monday = _midnight(now) - timedelta(days=now.weekday())
    return monday, monday + WEEK


def month_of(now: datetime) -> tuple[datetime, datetime]:
    first = _midnight(now).replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


def _midnight(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


async def _board(
    work: UnitOfWork, member_id: MemberId, club_id: ClubId | None, period: Period, after: int, limit: int
) -> Board:
    span = await span_of(work, period)
    store = BoardStore(work, settled_picks())
    found = await store.ranked(club_id, span, member_id, after=after, limit=limit + 1)
    return Board(
        period=period, starts_at=span.starts_at, ends_at=span.ends_at, delta_since=span.delta_since, ties=TIES,
        ranked=found[0].ranked if found else 0,
        me=next((_row(row) for row in found if row.member_id == member_id), None),
        data=tuple(_row(row) for row in found if after < row.rank <= after + limit + 1),
    )  # fmt: skip


def _row(row: Any) -> LeaderRow:
    member = RankedMember(
        id=row.member_id, handle=row.handle or "", name=row.name or "A member",
        hue=row.hue if row.hue is not None else 0, avatar_url=row.avatar_url,
    )  # fmt: skip
    return LeaderRow(
        rank=row.rank, member=member, points=row.points, right=row.right, picks=row.picks,
        rank_delta=None if row.rank_before is None else row.rank_before - row.rank,
        level_with_above=row.points_above == row.points,
    )  # fmt: skip
