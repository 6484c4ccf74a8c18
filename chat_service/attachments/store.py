"""Uploaded files in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, or_, select, update

from chat_service.attachments.models import AttachmentRow
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, MessageId, RoomId


class AttachmentStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    def add(self, row: AttachmentRow) -> None:
        self._session.add(row)

    async def row(self, attachment_id: str) -> AttachmentRow | None:
        return await self._session.get(AttachmentRow, attachment_id)

    async def held(self, ids: Collection[str]) -> dict[str, AttachmentRow]:
        """Nobody else changes them until this transaction ends."""
        query = select(AttachmentRow).where(AttachmentRow.id.in_(ids), AttachmentRow.gone_at.is_(None))
        locked = query.order_by(AttachmentRow.id).with_for_update().execution_options(populate_existing=True)
        return {row.id: row for row in await self._session.scalars(locked)}

    async def by_upload(self, owner_id: MemberId, key: str) -> AttachmentRow | None:
        query = select(AttachmentRow).where(AttachmentRow.owner_id == owner_id, AttachmentRow.upload_key == key)
        return await self._session.scalar(query)

    async def waiting(self, owner_id: MemberId) -> int:
        """How many of her uploads are in no message."""
        row = AttachmentRow
        mine = (row.owner_id == owner_id, row.message_id.is_(None), row.gone_at.is_(None))
        return await self._session.scalar(select(func.count()).where(*mine)) or 0

    async def attach(self, ids: Collection[str], message_id: MessageId) -> None:
        row = AttachmentRow
        free = (row.id.in_(ids), row.message_id.is_(None), row.gone_at.is_(None))
        await self._session.execute(update(row).where(*free).values(message_id=message_id))

    async def message_ids(self, room_id: RoomId) -> list[MessageId]:
        """The room's messages that have files."""
        row = AttachmentRow
        query = select(row.message_id).where(row.room_id == room_id, row.message_id.is_not(None), row.gone_at.is_(None))
        return [MessageId(each) for each in await self._session.scalars(query.distinct()) if each]

    async def let_go(self, message_ids: Collection[MessageId]) -> None:
        row = AttachmentRow
        theirs = (row.message_id.in_(message_ids), row.gone_at.is_(None))
        await self._session.execute(update(row).where(*theirs).values(gone_at=self._now))

    async def of_room(self, room_id: RoomId) -> Sequence[AttachmentRow]:
        """What is in its messages, oldest first."""
        row = AttachmentRow
        query = select(row).where(row.room_id == room_id, row.message_id.is_not(None), row.gone_at.is_(None))
        return (await self._session.scalars(query.order_by(row.id))).all()

    async def forgotten(self, before: datetime, limit: int) -> Sequence[AttachmentRow]:
        """In no message since `before`, or let go."""
        row = AttachmentRow
        never_sent = row.message_id.is_(None) & (row.created_at < before)
        query = select(row).where(or_(never_sent, row.gone_at.is_not(None))).order_by(row.id).limit(limit)
        return (await self._session.scalars(query)).all()

    async def drop(self, ids: Collection[str]) -> None:
        await self._session.execute(delete(AttachmentRow).where(AttachmentRow.id.in_(ids)))

    async def sources(self) -> set[str]:
        """The names of files in scratch that clips are still to be prepared from."""
        query = select(AttachmentRow.source).where(AttachmentRow.source.is_not(None))
        return {source for source in await self._session.scalars(query) if source}

    async def named(self) -> set[str]:
        """The keys of all files that rows name."""
        found = await self._session.stream_scalars(select(AttachmentRow.files))
        return {file["key"] async for files in found for file in files.values()}
