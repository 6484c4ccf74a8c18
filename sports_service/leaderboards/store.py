"""Boards, names and memberships in SQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Row, Select, and_, case, delete, func, or_, select, update

from clubkit.contracts.social import MembershipChanged, ProfileChanged
from clubkit.db.upsert import upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from sports_service.leaderboards.models import ClubMemberRow, PersonRow


@dataclass(frozen=True, slots=True)
class Span:
    """Which settled picks count: of kick-offs in a span of time, or of whole seasons."""

    starts_at: datetime | None
    ends_at: datetime | None
    seasons: tuple[str, ...] | None
    delta_since: datetime


class BoardStore:
    """Ranks `picks`, a query of settled picks (member, points, placing, season, kick-off)."""

    def __init__(self, work: UnitOfWork, picks: Select[*tuple[Any, ...]]) -> None:
        self._session = work.session
        self._picks = picks

    async def ranked(
        self, club_id: ClubId | None, span: Span, member_id: MemberId, *, after: int, limit: int
    ) -> Sequence[Row[Any]]:
        """The `limit` rows behind rank `after`, and the member's own wherever it stands; in order of rank.

        Ranked once for all of it: adding up is what costs.
        """
        ranked = self._ranked(club_id, span)
        on_page = and_(ranked.c.rank > after, ranked.c.rank <= after + limit)
        query = _named(ranked).where(or_(on_page, ranked.c.member_id == member_id)).order_by(ranked.c.rank)
        return (await self._session.execute(query)).all()

    def _totals(self, club_id: ClubId | None, span: Span) -> CTE:
        picks = self._picks.subquery()
        before = picks.c.kickoff_at < span.delta_since
        right = picks.c.points > 0
        query = select(
            picks.c.member_id,
            func.sum(picks.c.points).label("points"),
            _count(right).label("right"),
            func.count().label("picks"),
            func.max(case((right, picks.c.placed_at))).label("last_right"),
            func.sum(case((before, picks.c.points), else_=0)).label("points_before"),
            _count(and_(before, right)).label("right_before"),
            _count(before).label("picks_before"),
            func.max(case((and_(before, right), picks.c.placed_at))).label("last_right_before"),
        )
        query = query.where(*_within(picks, span)).group_by(picks.c.member_id)
        if club_id is not None:
            members = select(ClubMemberRow.member_id).where(
                ClubMemberRow.club_id == club_id, ClubMemberRow.gone.is_(False)
            )
            query = query.where(picks.c.member_id.in_(members))
        return query.cte("totals")

    def _ranked(self, club_id: ClubId | None, span: Span) -> CTE:
        """The tie chain is declared to members in `scoring.TIES`; keep the two together."""
        totals = self._totals(club_id, span).c
        now = (totals.points.desc(), totals.right.desc(), totals.last_right.asc().nulls_last(), totals.member_id)
        then = (
            totals.points_before.desc(), totals.right_before.desc(),
            totals.last_right_before.asc().nulls_last(), totals.member_id,
        )  # fmt: skip
        ranked_before = totals.picks_before > 0
        rank_before = func.row_number().over(partition_by=ranked_before, order_by=then)
        return select(
            totals.member_id, totals.points, totals.right, totals.picks,
            func.row_number().over(order_by=now).label("rank"),
            case((ranked_before, rank_before)).label("rank_before"),
            func.lag(totals.points).over(order_by=now).label("points_above"),
            func.count().over().label("ranked"),
        ).cte("ranked")  # fmt: skip


class PeopleStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def is_member(self, club_id: ClubId, member_id: MemberId) -> bool:
        found = await self._session.get(ClubMemberRow, (club_id, member_id))
        return found is not None and not found.gone

    async def put_people(self, profiles: Sequence[ProfileChanged]) -> None:
        newest = {profile.member_id: profile for profile in profiles}
        rows = [
            {"member_id": p.member_id, "handle": p.handle, "name": p.name, "hue": p.hue, "avatar_url": p.avatar_url}
            for p in newest.values()
        ]
        await upsert(self._session, PersonRow, rows, keys=["member_id"])

    async def put_memberships(self, changes: Sequence[MembershipChanged]) -> None:
        """Newer standings win, in whatever order they come."""
        newest: dict[tuple[str, str], MembershipChanged] = {}
        for change in changes:
            key = (change.club_id, change.member_id)
            if key not in newest or newest[key].version < change.version:
                newest[key] = change
        rows = [
            {"club_id": c.club_id, "member_id": c.member_id, "gone": c.role is None, "version": c.version}
            for c in newest.values()
        ]
        await upsert(self._session, ClubMemberRow, rows, keys=["club_id", "member_id"], only_if_newer="version")

    async def close_clubs(self, club_ids: Collection[ClubId]) -> None:
        await self._session.execute(update(ClubMemberRow).where(ClubMemberRow.club_id.in_(club_ids)).values(gone=True))

    async def forget(self, member_id: MemberId) -> None:
        await self._session.execute(delete(PersonRow).where(PersonRow.member_id == member_id))
        await self._session.execute(delete(ClubMemberRow).where(ClubMemberRow.member_id == member_id))


def _within(picks: Any, span: Span) -> list[Any]:
    conditions = []
    if span.starts_at is not None:
        conditions.append(picks.c.kickoff_at >= span.starts_at)
    if span.ends_at is not None:
        conditions.append(picks.c.kickoff_at < span.ends_at)
    if span.seasons is not None:
        conditions.append(picks.c.season_id.in_(span.seasons))
    return conditions


def _named(ranked: CTE) -> Select[*tuple[Any, ...]]:
    people = PersonRow
    return select(
        ranked, people.handle, people.name, people.hue, people.avatar_url
    ).outerjoin(people, people.member_id == ranked.c.member_id)  # fmt: skip


def _count(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))
