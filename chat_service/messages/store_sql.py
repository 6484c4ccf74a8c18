"""Messages in SQL (SQLite or PostgreSQL): the message and its fact share the unit of work's transaction."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, tuple_, update

from chat_service.messages.models import Draft, HeadRow, Message, MessageRow
from chat_service.messages.store import Announce
from chat_service.rooms.schemas import LastMessage
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, MessageId, RoomId

PREVIEW = 140
"""Characters of a message that a room list shows."""


class SqlMessageStore:
    """`MessageStore` bound to one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._session = work.session

    async def append(self, draft: Draft, announce: Announce) -> Message:
        seq = await self._next_seq(draft.room_id)
        message = Message(
            draft.id, draft.room_id, draft.author_id, draft.author_name, draft.client_id,
            draft.body, draft.reply_to, draft.at, seq,
        )  # fmt: skip
        if not await insert_or_ignore(self._session, MessageRow, [_row(message)]):
            return await self._twin_of(draft)
        self._work.publish(announce(message))
        return message

    async def sent_before(self, room_id: RoomId, author_id: MemberId, client_id: str) -> Message | None:
        query = select(MessageRow).where(
            MessageRow.room_id == room_id,
            MessageRow.author_id == author_id,
            MessageRow.client_id == client_id,
        )
        row = await self._session.scalar(query)
        return _message(row) if row else None

    async def after(self, room_id: RoomId, seq: int, limit: int) -> Sequence[Message]:
        query = select(MessageRow).where(MessageRow.room_id == room_id, MessageRow.seq > seq)
        rows = await self._session.scalars(query.order_by(MessageRow.seq).limit(limit))
        return [_message(row) for row in rows]

    async def before(self, room_id: RoomId, seq: int, limit: int) -> Sequence[Message]:
        query = select(MessageRow).where(MessageRow.room_id == room_id, MessageRow.seq < seq)
        rows = await self._session.scalars(query.order_by(MessageRow.seq.desc()).limit(limit))
        return [_message(row) for row in rows][::-1]

    async def heads(self, room_ids: Collection[RoomId]) -> dict[RoomId, int]:
        rows = await self._session.execute(select(HeadRow.room_id, HeadRow.seq).where(HeadRow.room_id.in_(room_ids)))
        known = {RoomId(room_id): seq for room_id, seq in rows}
        return {room_id: known.get(room_id, 0) for room_id in room_ids}

    async def last_words(self, room_ids: Collection[RoomId]) -> dict[RoomId, LastMessage]:
        places = [(room_id, seq) for room_id, seq in (await self.heads(room_ids)).items() if seq]
        if not places:
            return {}
        rows = await self._session.scalars(
            select(MessageRow).where(tuple_(MessageRow.room_id, MessageRow.seq).in_(places))
        )
        return {RoomId(row.room_id): _last_words(row) for row in rows}

    async def _twin_of(self, draft: Draft) -> Message:
        """The same send, which was stored while this one waited for the room. Its place is given back."""
        earlier = await self.sent_before(draft.room_id, draft.author_id, draft.client_id)
        if earlier is None:
            raise ValueError(f"there is another message with the id {draft.id}")
        count_down = update(HeadRow).where(HeadRow.room_id == draft.room_id).values(seq=HeadRow.seq - 1)
        await self._session.execute(count_down)
        return earlier

    async def _next_seq(self, room_id: RoomId) -> int:
        # The row lock taken here is held to the commit: seqs are given in commit order and never skipped.
        await insert_or_ignore(self._session, HeadRow, [{"room_id": room_id, "seq": 0}])
        count_up = update(HeadRow).where(HeadRow.room_id == room_id).values(seq=HeadRow.seq + 1)
        return (await self._session.execute(count_up.returning(HeadRow.seq))).scalar_one()


def _row(message: Message) -> dict[str, Any]:
    return {
        "room_id": message.room_id, "seq": message.seq, "id": message.id, "author_id": message.author_id,
        "author_name": message.author_name, "client_id": message.client_id, "body": message.body,
        "reply_to": message.reply_to, "at": message.at,
    }  # fmt: skip


def _message(row: MessageRow) -> Message:
    return Message(
        MessageId(row.id), RoomId(row.room_id), MemberId(row.author_id), row.author_name, row.client_id,
        row.body, MessageId(row.reply_to) if row.reply_to else None, row.at, row.seq,
    )  # fmt: skip


def _last_words(row: MessageRow) -> LastMessage:
    preview = row.body[:PREVIEW]
    return LastMessage(
        seq=row.seq,
        author_id=MemberId(row.author_id),
        author_name=row.author_name,
        preview=preview,
        at=row.at,
    )
