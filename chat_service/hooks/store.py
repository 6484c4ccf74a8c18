"""Webhooks in SQL."""

from collections.abc import Sequence

from sqlalchemy import func, select, update

from chat_service.hooks.models import HookRow
from clubkit.db.work import UnitOfWork
from clubkit.ids import RoomId


class HookStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    def add(self, row: HookRow) -> None:
        self._session.add(row)

    async def of_room(self, room_id: RoomId) -> Sequence[HookRow]:
        query = select(HookRow).where(HookRow.room_id == room_id, HookRow.revoked_at.is_(None))
        return (await self._session.scalars(query.order_by(HookRow.id))).all()

    async def count(self, room_id: RoomId) -> int:
        query = select(func.count()).where(HookRow.room_id == room_id, HookRow.revoked_at.is_(None))
        return await self._session.scalar(query) or 0

    async def one(self, room_id: RoomId, hook_id: str) -> HookRow | None:
        query = select(HookRow).where(HookRow.id == hook_id, HookRow.room_id == room_id, HookRow.revoked_at.is_(None))
        return await self._session.scalar(query)

    async def by_hash(self, token_hash: str) -> HookRow | None:
        query = select(HookRow).where(HookRow.token_hash == token_hash, HookRow.revoked_at.is_(None))
        return await self._session.scalar(query)

    async def used(self, hook_id: str) -> None:
        change = update(HookRow).where(HookRow.id == hook_id).values(last_used_at=self._now, posts=HookRow.posts + 1)
        await self._session.execute(change)
