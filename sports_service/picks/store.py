"""Picks in SQL."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import CursorResult, Select, and_, case, delete, func, insert, literal, or_, select, update

from clubkit.contracts.sports import Outcome1X2
from clubkit.db.locks import hold
from clubkit.db.types import UtcDateTime
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import FixtureId, MemberId
from sports_service.picks.models import PickRow
from sports_service.picks.schemas import Crowd


class PickStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def of(
        self, member_id: MemberId, fixture_ids: Collection[FixtureId], *, lock: bool = False
    ) -> dict[FixtureId, PickRow]:
        """A member's picks. lock: nobody else places them, made or not, until this transaction ends."""
        for fixture_id in sorted(fixture_ids) if lock else ():
            await hold(self._session, f"pick {member_id} {fixture_id}")
        query = select(PickRow).where(PickRow.member_id == member_id, PickRow.fixture_id.in_(fixture_ids))
        return {FixtureId(row.fixture_id): row for row in await self._session.scalars(query)}

    async def place(
        self, fixture_id: FixtureId, member_id: MemberId, choice: Outcome1X2, still_open: Select[str]
    ) -> bool:
        """Makes or changes a pick while `still_open` selects its fixture; False when it no longer does."""
        mine = _mine(fixture_id, member_id)
        values = {"choice": choice, "placed_at": self._now}
        changed = await self._run(update(PickRow).where(*mine, still_open.exists()).values(**values))
        if changed:
            return True
        fresh = still_open.add_columns(literal(member_id), literal(choice), literal(self._now, UtcDateTime)).where(
            ~select(PickRow.fixture_id).where(*mine).exists()
        )
        columns = ["fixture_id", "member_id", "choice", "placed_at"]
        return bool(await self._run(insert(PickRow).from_select(columns, fresh, include_defaults=False)))

    async def remove(self, fixture_id: FixtureId, member_id: MemberId, still_open: Select[str]) -> bool:
        """Takes a pick back while `still_open` selects its fixture."""
        return bool(await self._run(delete(PickRow).where(*_mine(fixture_id, member_id), still_open.exists())))

    async def remove_member(self, member_id: MemberId) -> None:
        await self._run(delete(PickRow).where(PickRow.member_id == member_id))

    async def insert_ignoring_lock(self, rows: Sequence[dict[str, Any]]) -> int:
        """For demo worlds only: picks said to have been made in the past."""
        return await insert_or_ignore(self._session, PickRow, rows)

    async def crowds(self, fixture_ids: Collection[FixtureId]) -> dict[FixtureId, Crowd]:
        """How members picked, of the fixtures that anybody picked."""
        counts = [func.sum(case((PickRow.choice == choice, 1), else_=0)) for choice in ("1", "X", "2")]
        query = select(PickRow.fixture_id, *counts).where(PickRow.fixture_id.in_(fixture_ids))
        rows = await self._session.execute(query.group_by(PickRow.fixture_id))
        return {FixtureId(id_): Crowd(home=home, draw=draw, away=away) for id_, home, draw, away in rows}

    async def unsettled(self, versions: dict[FixtureId, int], limit: int) -> Sequence[PickRow]:
        """Up to `limit` picks whose points were not reckoned from these versions of their fixtures."""
        stale = or_(
            *(
                and_(PickRow.fixture_id == id_, PickRow.settled_version.is_distinct_from(version))
                for id_, version in versions.items()
            )
        )
        query = select(PickRow).where(stale).order_by(PickRow.fixture_id, PickRow.member_id).limit(limit)
        return (await self._session.scalars(query)).all()

    async def has_any(self, member_id: MemberId) -> bool:
        query = select(PickRow.fixture_id).where(PickRow.member_id == member_id).limit(1)
        return await self._session.scalar(query) is not None

    async def picked(self, fixture_ids: Collection[FixtureId]) -> set[FixtureId]:
        """Those of the fixtures that anybody picked."""
        query = select(PickRow.fixture_id).where(PickRow.fixture_id.in_(fixture_ids)).distinct()
        return {FixtureId(id_) for id_ in await self._session.scalars(query)}

    async def _run(self, statement: Any) -> int:
        result: CursorResult[Any] = await self._session.execute(
            statement, execution_options={"synchronize_session": False}
        )  # type: ignore[assignment]
        return result.rowcount


def picked_by(member_id: MemberId) -> Select[str]:
    return select(PickRow.fixture_id).where(PickRow.member_id == member_id)


def settled_picks() -> Select[*tuple[Any, ...]]:
    """Every pick that earned points or none: member, points, when placed, and whose season and kick-off."""
    return select(PickRow.member_id, PickRow.points, PickRow.placed_at, PickRow.season_id, PickRow.kickoff_at).where(
        PickRow.points.is_not(None)
    )


def _mine(fixture_id: FixtureId, member_id: MemberId) -> tuple[Any, ...]:
    return (PickRow.fixture_id == fixture_id, PickRow.member_id == member_id)
