"""Devices that want to be told, and what is due for them, in SQL."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from chat_service.pushes.models import PushDeviceRow, PushDueRow
from clubkit.db.upsert import insert_or_ignore, upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId

AT_ONCE = 500
"""Members that are asked for by one statement."""
HEARD_OF = timedelta(days=30)
"""A device where the app was not opened for longer is told nothing: a session that idles ends, and nobody says so."""


class PushStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    # Devices

    async def put(self, session_id: str, member_id: MemberId, endpoint: str, p256dh: bytes, auth: bytes) -> None:
        """A browser has one subscription: whoever else was told by it before is no more."""
        digest = digest_of(endpoint)
        row = {
            "session_id": session_id, "member_id": member_id, "endpoint": endpoint, "digest": digest,
            "p256dh": p256dh, "auth": auth, "at": self._now,
        }  # fmt: skip
        others = delete(PushDeviceRow).where(PushDeviceRow.digest == digest, PushDeviceRow.session_id != session_id)
        await self._session.execute(others)
        await upsert(self._session, PushDeviceRow, [row], keys=["session_id"])

    async def keep_newest(self, member_id: MemberId, most: int) -> None:
        hers = select(PushDeviceRow.session_id).where(PushDeviceRow.member_id == member_id)
        old = list(await self._session.scalars(hers.order_by(PushDeviceRow.at.desc()).offset(most)))
        await self._session.execute(delete(PushDeviceRow).where(PushDeviceRow.session_id.in_(old)))

    async def device(self, session_id: str) -> PushDeviceRow | None:
        return await self._session.get(PushDeviceRow, session_id, populate_existing=True)

    async def by_endpoint(self, endpoint: str) -> PushDeviceRow | None:
        query = select(PushDeviceRow).where(PushDeviceRow.digest == digest_of(endpoint))
        return (await self._session.scalars(query.order_by(PushDeviceRow.at.desc()))).first()

    async def devices_of(self, member_id: MemberId) -> list[str]:
        """The sessions of her devices."""
        hers = select(PushDeviceRow.session_id).where(PushDeviceRow.member_id == member_id, self._is_in_use)
        return list(await self._session.scalars(hers.order_by(PushDeviceRow.session_id)))

    async def with_devices(self, member_ids: Collection[MemberId]) -> set[MemberId]:
        asked, found = sorted(member_ids), set()
        for start in range(0, len(asked), AT_ONCE):
            some = PushDeviceRow.member_id.in_(asked[start : start + AT_ONCE])
            query = select(PushDeviceRow.member_id).where(some, self._is_in_use).distinct()
            found |= set(await self._session.scalars(query))
        return {MemberId(member_id) for member_id in found}

    @property
    def _is_in_use(self) -> ColumnElement[bool]:
        return PushDeviceRow.at > self._now - HEARD_OF

    async def forget(self, session_id: str, endpoint: str | None = None) -> None:
        """endpoint: only while it is still that one."""
        hers = delete(PushDeviceRow).where(PushDeviceRow.session_id == session_id)
        if endpoint is not None:
            hers = hers.where(PushDeviceRow.digest == digest_of(endpoint))
        await self._session.execute(hers)

    async def forget_member(self, member_id: MemberId) -> None:
        await self._session.execute(delete(PushDeviceRow).where(PushDeviceRow.member_id == member_id))
        await self._session.execute(delete(PushDueRow).where(PushDueRow.member_id == member_id))

    # What is due

    async def note(self, rows: Sequence[dict[str, Any]]) -> bool:
        """One of each member and room: is any new? A room that waits keeps its hour and names the newest message."""
        new = await insert_or_ignore(self._session, PushDueRow, rows)
        if new < len(rows):
            stays = ["at", "due_at"]
            keys = ("member_id", "room_id")
            await upsert(self._session, PushDueRow, rows, keys=keys, only_if_newer="seq", keep=stays)
        return new > 0

    async def due_members(self, limit: int) -> list[MemberId]:
        due = select(PushDueRow.member_id).where(PushDueRow.due_at <= self._now).distinct()
        return [MemberId(each) for each in await self._session.scalars(due.order_by(PushDueRow.member_id).limit(limit))]

    async def held(self, member_id: MemberId) -> Sequence[PushDueRow]:
        """Those of hers that are due; another worker that comes for them waits, and then finds none."""
        due = select(PushDueRow).where(PushDueRow.member_id == member_id, PushDueRow.due_at <= self._now)
        return (await self._session.scalars(due.order_by(PushDueRow.room_id).with_for_update())).all()

    async def postpone(self, member_id: MemberId, room_ids: Collection[RoomId], by: timedelta) -> None:
        hers = update(PushDueRow).where(PushDueRow.member_id == member_id, PushDueRow.room_id.in_(room_ids))
        await self._session.execute(hers.values(due_at=self._now + by))

    async def drop(self, member_id: MemberId, room_ids: Collection[RoomId]) -> None:
        hers = (PushDueRow.member_id == member_id, PushDueRow.room_id.in_(room_ids))
        await self._session.execute(delete(PushDueRow).where(*hers))


def digest_of(endpoint: str) -> str:
    return sha256(endpoint.encode()).hexdigest()
