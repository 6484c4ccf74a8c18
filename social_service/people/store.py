"""Profiles and follows in SQL."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from clubkit.db.remembering import rows_by_id
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId
from social_service.people.models import FollowRow, PersonRow


class PeopleStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def person(self, member_id: MemberId) -> PersonRow | None:
        return await self._session.get(PersonRow, member_id)

    async def personalises(self, member_id: MemberId) -> bool | None:
        """None for who is unknown."""
        return await self._session.scalar(_PERSONALISES, {"member": member_id})

    async def by_handle(self, handle: str) -> PersonRow | None:
        return await self._session.scalar(select(PersonRow).where(PersonRow.handle == handle))

    async def people(self, member_ids: Collection[str]) -> Sequence[PersonRow]:
        return list((await rows_by_id(self._session, PersonRow, member_ids)).values())

    async def after(self, member_id: str, limit: int) -> Sequence[PersonRow]:
        """Everybody, by id: for rebuilding what follows from profiles."""
        query = select(PersonRow).where(PersonRow.member_id > member_id)
        return (await self._session.scalars(query.order_by(PersonRow.member_id).limit(limit))).all()

    async def known(self, member_ids: Collection[str]) -> set[str]:
        query = select(PersonRow.member_id).where(PersonRow.member_id.in_(member_ids))
        return set(await self._session.scalars(query))

    async def add(self, rows: Sequence[dict[str, Any]]) -> int:
        return await insert_or_ignore(self._session, PersonRow, rows)

    async def follow(self, follower: MemberId, followed: MemberId) -> bool:
        row = {"follower_id": follower, "followed_id": followed, "at": self._now}
        return bool(await insert_or_ignore(self._session, FollowRow, [row]))

    async def unfollow(self, follower: MemberId, followed: MemberId) -> None:
        pair = (FollowRow.follower_id == follower, FollowRow.followed_id == followed)
        await self._session.execute(delete(FollowRow).where(*pair))

    async def followed_by(self, follower: MemberId) -> set[MemberId]:
        rows = await self._session.scalars(select(FollowRow.followed_id).where(FollowRow.follower_id == follower))
        return {MemberId(row) for row in rows}

    async def follow_counts(self, member_id: MemberId) -> tuple[int, int]:
        """(followers, following)."""
        followers = select(func.count()).where(FollowRow.followed_id == member_id).scalar_subquery()
        following = select(func.count()).where(FollowRow.follower_id == member_id).scalar_subquery()
        row = (await self._session.execute(select(followers, following))).one()
        return row[0], row[1]

    async def follows(self, follower: MemberId, followed: MemberId) -> bool:
        return await self._session.get(FollowRow, (follower, followed)) is not None


_PERSONALISES = select(PersonRow.personalise).where(PersonRow.member_id == bindparam("member"))
