"""What waits to be read, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from chat_service.missed.models import MailChoiceRow, MissedRow
from clubkit.db.upsert import upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId


class MissedStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def note(self, rows: Sequence[dict[str, Any]]) -> None:
        """One of each member and room. A room that waits already keeps its hour and names the newest message."""
        keys = ("member_id", "room_id")
        await upsert(self._session, MissedRow, rows, keys=keys, only_if_newer="seq", keep=["due_at"])

    async def due_members(self, limit: int) -> list[MemberId]:
        query = select(MissedRow.member_id).where(MissedRow.due_at <= self._now).distinct()
        return [
            MemberId(each) for each in await self._session.scalars(query.order_by(MissedRow.member_id).limit(limit))
        ]

    async def held(self, member_id: MemberId) -> Sequence[MissedRow]:
        """All of hers, due or not; another worker that comes for them waits, and then finds none."""
        query = select(MissedRow).where(MissedRow.member_id == member_id).order_by(MissedRow.room_id)
        return (await self._session.scalars(query.with_for_update())).all()

    async def postpone(self, member_id: MemberId, by: timedelta) -> None:
        hers = update(MissedRow).where(MissedRow.member_id == member_id)
        await self._session.execute(hers.values(due_at=self._now + by))

    async def drop(self, member_id: MemberId, room_ids: Collection[RoomId]) -> None:
        hers = (MissedRow.member_id == member_id, MissedRow.room_id.in_(room_ids))
        await self._session.execute(delete(MissedRow).where(*hers))

    async def choice(self, member_id: MemberId) -> tuple[bool, datetime | None]:
        """Whether she wants mails, and when the last one was."""
        row = await self._session.get(MailChoiceRow, member_id, populate_existing=True)
        return (row.wanted, row.last_at) if row else (True, None)

    async def choose(self, member_id: MemberId, *, wanted: bool) -> None:
        _, last_at = await self.choice(member_id)
        await self._put(member_id, wanted=wanted, last_at=last_at)

    async def note_mail(self, member_id: MemberId) -> None:
        wanted, _ = await self.choice(member_id)
        await self._put(member_id, wanted=wanted, last_at=self._now)

    async def _put(self, member_id: MemberId, **values: Any) -> None:
        await upsert(self._session, MailChoiceRow, [{"member_id": member_id, **values}], keys=["member_id"])
