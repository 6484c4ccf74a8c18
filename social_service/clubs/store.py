"""Clubs, memberships and invitations in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Select, Table, bindparam, func, or_, select, tuple_, update

from clubkit.contracts.social import Role
from clubkit.db.evening import evened
from clubkit.db.remembering import rows_by_id
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from social_service.clubs.models import ClubRow, InviteRow, MembershipRow

Sort = Literal["members", "new"]


class ClubStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def find(self, ref: str, *, lock: bool = False) -> ClubRow | None:
        """By id or slug."""
        query = select(ClubRow).where(or_(ClubRow.id == ref, ClubRow.slug == ref), ClubRow.closed_at.is_(None))
        return await self._session.scalar(query.with_for_update() if lock else query)

    async def clubs(self, club_ids: Collection[str]) -> Sequence[ClubRow]:
        return list((await rows_by_id(self._session, ClubRow, club_ids)).values())

    async def fresh(self, club_ids: Collection[str]) -> Sequence[ClubRow]:
        """As they now stand in the database, whatever this session had read before."""
        query = select(ClubRow).where(ClubRow.id.in_(club_ids)).execution_options(populate_existing=True)
        return (await self._session.scalars(query)).all()

    async def after(self, club_id: str, limit: int) -> Sequence[ClubRow]:
        """All open clubs by id: for rebuilding what follows from them."""
        query = select(ClubRow).where(ClubRow.id > club_id, ClubRow.closed_at.is_(None))
        return (await self._session.scalars(query.order_by(ClubRow.id).limit(limit))).all()

    async def discover(self, sort: Sort, q: str, key: Sequence[Any] | None, limit: int) -> Sequence[ClubRow]:
        """Largest or newest first, behind `key` = (value, id)."""
        column: Any = ClubRow.members if sort == "members" else ClubRow.created_at
        query = select(ClubRow).where(ClubRow.closed_at.is_(None))
        if q:
            query = query.where(
                or_(ClubRow.name.icontains(q, autoescape=True), ClubRow.sport.icontains(q, autoescape=True))
            )
        if key is not None:
            query = query.where(or_(column < key[0], (column == key[0]) & (ClubRow.id < key[1])))
        return (await self._session.scalars(query.order_by(column.desc(), ClubRow.id.desc()).limit(limit))).all()

    async def taken_slugs(self, slugs: Collection[str]) -> set[str]:
        return set(await self._session.scalars(select(ClubRow.slug).where(ClubRow.slug.in_(slugs))))

    async def taken_ids(self, ids: Collection[str]) -> set[str]:
        return set(await self._session.scalars(select(ClubRow.id).where(ClubRow.id.in_(ids))))

    def add(self, row: ClubRow) -> None:
        self._session.add(row)

    async def add_many(self, rows: Sequence[dict[str, Any]]) -> int:
        return await insert_or_ignore(self._session, ClubRow, rows)

    async def grow(self, by_club: dict[str, int]) -> None:
        """Counts members up and the version with them."""
        for club_id, more in by_club.items():
            values = {"members": ClubRow.members + more, "version": ClubRow.version + 1}
            await self._session.execute(update(ClubRow).where(ClubRow.id == club_id).values(**values))


class MembershipStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def one(self, club_id: ClubId | str, member_id: MemberId) -> MembershipRow | None:
        return await self._session.get(MembershipRow, (club_id, member_id))

    def add(self, row: MembershipRow) -> None:
        self._session.add(row)

    async def add_many(self, rows: Sequence[dict[str, Any]]) -> int:
        return await insert_or_ignore(self._session, MembershipRow, rows)

    async def known(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        if not pairs:
            return set()
        query = select(MembershipRow.club_id, MembershipRow.member_id).where(
            tuple_(MembershipRow.club_id, MembershipRow.member_id).in_(list(pairs))
        )
        return {(row.club_id, row.member_id) for row in await self._session.execute(query)}

    async def roles_of(self, member_id: MemberId) -> dict[ClubId, Role]:
        """Her role in each club she is in."""
        found = await self._session.execute(_ROLES, {"member": member_id})
        return {ClubId(club_id): cast("Role", role) for club_id, role in found}

    async def clubs_of_each(self, member_ids: Collection[MemberId]) -> dict[MemberId, frozenset[ClubId]]:
        found: dict[MemberId, set[ClubId]] = {member_id: set() for member_id in member_ids}
        for member_id, club_id in await self._session.execute(_CLUBS_OF_EACH, {"members": evened(member_ids)}):
            found[MemberId(member_id)].add(ClubId(club_id))
        return {member_id: frozenset(clubs) for member_id, clubs in found.items()}

    async def states(self, member_id: MemberId, club_ids: Collection[str]) -> dict[str, MembershipRow]:
        query = select(MembershipRow).where(
            MembershipRow.member_id == member_id, MembershipRow.club_id.in_(club_ids), MembershipRow.state != "gone"
        )
        return {row.club_id: row for row in await self._session.scalars(query)}

    async def clubs_of(self, member_id: MemberId) -> Sequence[tuple[ClubRow, MembershipRow]]:
        query = _joined(member_id).order_by(ClubRow.name, ClubRow.id)
        return [(club, mine) for club, mine in await self._session.execute(query)]

    async def page(
        self, club_id: str, state: str, key: tuple[datetime, str] | None, limit: int
    ) -> Sequence[MembershipRow]:
        """Oldest standing first, behind `key` = (since, member id)."""
        row = MembershipRow
        query = select(row).where(row.club_id == club_id, row.state == state)
        if key is not None:
            query = query.where(or_(row.since > key[0], (row.since == key[0]) & (row.member_id > key[1])))
        return (await self._session.scalars(query.order_by(row.since, row.member_id).limit(limit))).all()

    async def member_ids(
        self, club_ids: Collection[str], roles: Collection[str] | None = None
    ) -> dict[str, list[MemberId]]:
        query = select(MembershipRow.club_id, MembershipRow.member_id).where(
            MembershipRow.club_id.in_(club_ids), MembershipRow.state == "member"
        )
        if roles is not None:
            query = query.where(MembershipRow.role.in_(roles))
        found: dict[str, list[MemberId]] = {}
        for club_id, member_id in await self._session.execute(query):
            found.setdefault(club_id, []).append(MemberId(member_id))
        return found

    async def leave_all(self, club_id: str, now: datetime) -> list[tuple[MemberId, int]]:
        """Empties a club; answers (member, version of her standing) of everybody who was in it."""
        row = MembershipRow
        open_states = (row.club_id == club_id, row.state != "gone")
        were_in = set(
            await self._session.scalars(select(row.member_id).where(row.club_id == club_id, row.state == "member"))
        )
        leave = update(row).where(*open_states).values(state="gone", version=row.version + 1, since=now)
        gone = await self._session.execute(leave.returning(row.member_id, row.version))
        return [(MemberId(member_id), version) for member_id, version in gone if member_id in were_in]

    async def count(self, club_id: str, *, state: str = "member", role: str | None = None) -> int:
        query = select(func.count()).where(MembershipRow.club_id == club_id, MembershipRow.state == state)
        if role is not None:
            query = query.where(MembershipRow.role == role)
        return await self._session.scalar(query) or 0


def _joined(member_id: MemberId) -> Select[ClubRow, MembershipRow]:
    return (
        select(ClubRow, MembershipRow)
        .join(MembershipRow, MembershipRow.club_id == ClubRow.id)
        .where(MembershipRow.member_id == member_id, MembershipRow.state == "member", ClubRow.closed_at.is_(None))
    )


class InviteStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    def add(self, row: InviteRow) -> None:
        self._session.add(row)

    async def of_club(self, club_id: str) -> Sequence[InviteRow]:
        query = select(InviteRow).where(InviteRow.club_id == club_id).order_by(InviteRow.created_at.desc()).limit(100)
        return (await self._session.scalars(query)).all()

    async def one(self, club_id: str, invite_id: str) -> InviteRow | None:
        return await self._session.scalar(
            select(InviteRow).where(InviteRow.id == invite_id, InviteRow.club_id == club_id)
        )

    async def usable(self, token_hash: str) -> InviteRow | None:
        query = select(InviteRow).where(
            InviteRow.token_hash == token_hash, InviteRow.revoked.is_(False), InviteRow.expires_at > self._now,
            InviteRow.uses < InviteRow.max_uses,
        )  # fmt: skip
        return await self._session.scalar(query)

    async def use(self, token_hash: str, club_id: str) -> bool:
        """Counts one use in one statement, so that two at once cannot both take the last. False: not usable here."""
        usable = (
            InviteRow.token_hash == token_hash, InviteRow.club_id == club_id, InviteRow.revoked.is_(False),
            InviteRow.expires_at > self._now, InviteRow.uses < InviteRow.max_uses,
        )  # fmt: skip
        taken = update(InviteRow).where(*usable).values(uses=InviteRow.uses + 1).returning(InviteRow.id)
        return (await self._session.execute(taken)).first() is not None


# Asked by almost every request and every socket that comes, so built once.
_MEMBERSHIPS = cast("Table", MembershipRow.__table__)
_CLUBS_OF_EACH = select(_MEMBERSHIPS.c.member_id, _MEMBERSHIPS.c.club_id).where(
    _MEMBERSHIPS.c.member_id.in_(bindparam("members", expanding=True)), _MEMBERSHIPS.c.state == "member"
)
_ROLES = select(MembershipRow.club_id, MembershipRow.role).where(
    MembershipRow.member_id == bindparam("member"), MembershipRow.state == "member"
)
