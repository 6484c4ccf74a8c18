"""What is asked of messages in SQL. Each question is one statement, of however many rooms or messages."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from chat_service.messages.models import Author, Entry, EntryRow, HeadRow, Kind, MentionRow, RoomAnswers
from chat_service.messages.store import Span
from chat_service.rooms.head_schemas import RoomHead
from clubkit.db.evening import evened
from clubkit.ids import MemberId, MessageId, RoomId

_ENTRIES = cast("Table", EntryRow.__table__)
_HEADS = select(HeadRow.__table__).where(HeadRow.__table__.c.room_id.in_(bindparam("rooms", expanding=True)))
_NTHS = select(_ENTRIES.c.room_id, _ENTRIES.c.seq, _ENTRIES.c.nth)
PLACES_AT_ONCE = 128
"""A statement may not be deeper than so and so much on SQLite."""


class SqlReading:
    """The reading half of `MessageStore`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def heads(self, room_ids: Collection[RoomId]) -> dict[RoomId, RoomHead]:
        rows = await self._session.execute(_HEADS, {"rooms": evened(room_ids)})
        known = {
            row.room_id: RoomHead(
                seq=row.seq, nth=row.nth, epoch=row.epoch, floor_seq=row.floor_seq, floor_nth=row.floor_nth
            )
            for row in rows
        }
        return {room_id: known.get(room_id, RoomHead()) for room_id in room_ids}

    async def entries(self, spans: Mapping[RoomId, Span]) -> Sequence[Entry]:
        if not spans:
            return []
        query = select(EntryRow).where(_within(EntryRow.room_id, EntryRow.seq, spans), EntryRow.kind != "truncated")
        rows = await self._session.scalars(query.order_by(EntryRow.room_id, EntryRow.seq))
        return [entry_of(row) for row in rows]

    async def messages(self, ids: Collection[MessageId]) -> Sequence[Entry]:
        query = select(EntryRow).where(EntryRow.id.in_(ids), EntryRow.kind == "message")
        return [entry_of(row) for row in await self._session.scalars(query)]

    async def older(
        self, room_id: RoomId, before: int, limit: int, *, thread: MessageId | None = None
    ) -> Sequence[Entry]:
        query = select(EntryRow).where(*_of_room(room_id, thread), EntryRow.seq < before)
        rows = await self._session.scalars(query.order_by(EntryRow.seq.desc()).limit(limit))
        return [entry_of(row) for row in rows][::-1]

    async def newer(
        self, room_id: RoomId, span: Span, limit: int, *, thread: MessageId | None = None
    ) -> Sequence[Entry]:
        query = select(EntryRow).where(
            *_of_room(room_id, thread), EntryRow.seq > span.after, EntryRow.seq <= span.upto
        )  # fmt: skip
        rows = await self._session.scalars(query.order_by(EntryRow.seq).limit(limit))
        return [entry_of(row) for row in rows]

    async def changes(
        self, targets: Collection[MessageId], *, upto: int | None = None, kinds: Collection[Kind] = ()
    ) -> Sequence[Entry]:
        if not targets:
            return []
        query = select(EntryRow).where(EntryRow.target.in_(targets))
        if upto is not None:
            query = query.where(EntryRow.seq <= upto)
        if kinds:
            query = query.where(EntryRow.kind.in_(kinds))
        rows = await self._session.scalars(query.order_by(EntryRow.room_id, EntryRow.seq))
        return [entry_of(row) for row in rows]

    async def answers(self, roots: Collection[MessageId], upto: int) -> dict[MessageId, RoomAnswers]:
        if not roots:
            return {}
        query = (
            select(EntryRow.thread, func.count(), func.max(EntryRow.at))
            .where(EntryRow.thread.in_(roots), EntryRow.seq <= upto)
            .group_by(EntryRow.thread)
        )
        return {
            MessageId(str(root)): RoomAnswers(count, last_at)
            for root, count, last_at in await self._session.execute(query)
        }

    async def latest(self, room_id: RoomId, kind: Kind, before: int, limit: int) -> Sequence[Entry]:
        query = select(EntryRow).where(EntryRow.room_id == room_id, EntryRow.kind == kind, EntryRow.seq < before)
        rows = await self._session.scalars(query.order_by(EntryRow.seq.desc()).limit(limit))
        return [entry_of(row) for row in rows]

    async def last_messages(self, room_ids: Collection[RoomId]) -> dict[RoomId, Entry]:
        newest = aliased(EntryRow)
        last_seq = (
            select(newest.seq)
            .where(newest.room_id == HeadRow.room_id, newest.kind == "message")
            .order_by(newest.seq.desc())
            .limit(1)
            .correlate(HeadRow)
            .scalar_subquery()
        )
        query = (
            select(EntryRow)
            .join(HeadRow, HeadRow.room_id == EntryRow.room_id)
            .where(HeadRow.room_id.in_(room_ids), EntryRow.seq == last_seq)
        )
        return {RoomId(row.room_id): entry_of(row) for row in await self._session.scalars(query)}

    async def not_to_read(self, member_id: MemberId, spans: Mapping[RoomId, Span]) -> dict[RoomId, int]:
        if not spans:
            return {}
        seq, target_seq = EntryRow.seq, EntryRow.target_seq
        mine = select(EntryRow.room_id, seq.label("place")).where(
            EntryRow.kind == "message", EntryRow.author_id == member_id, _within(EntryRow.room_id, seq, spans)
        )
        deleted = select(EntryRow.room_id, target_seq.label("place")).where(
            EntryRow.kind == "deleted", _behind(EntryRow.room_id, seq, target_seq, spans)
        )
        places = union(mine, deleted).subquery()
        query = select(places.c.room_id, func.count()).group_by(places.c.room_id)
        return {RoomId(room_id): count for room_id, count in await self._session.execute(query)}

    async def calls(self, keys: Collection[str], spans: Mapping[RoomId, Span]) -> dict[MessageId, set[str]]:
        if not spans or not keys:
            return {}
        row = MentionRow
        behind = _behind(row.room_id, row.seq, row.target_seq, spans)
        query = select(row.target, row.who).where(row.who.in_(keys), behind).distinct()
        called: dict[MessageId, set[str]] = {}
        for target, who in await self._session.execute(query):
            called.setdefault(MessageId(target), set()).add(who)
        return called

    async def nths(self, places: Collection[tuple[RoomId, int]]) -> dict[tuple[RoomId, int], int]:
        found: dict[tuple[RoomId, int], int] = {}
        wanted = list(places)
        for start in range(0, len(wanted), PLACES_AT_ONCE):
            # Not a list of pairs: SQLite looks those up by their texts alone, and would read the whole room.
            some = evened(wanted[start : start + PLACES_AT_ONCE])
            each = (and_(_ENTRIES.c.room_id == room_id, _ENTRIES.c.seq == seq) for room_id, seq in some)
            rows = await self._session.execute(_NTHS.where(or_(*each)))
            found |= {(RoomId(room_id), seq): nth for room_id, seq, nth in rows}
        return found

    async def times(self, room_id: RoomId, seqs: Collection[int]) -> dict[int, datetime]:
        query = select(EntryRow.seq, EntryRow.at).where(EntryRow.room_id == room_id, EntryRow.seq.in_(seqs))
        return {row.seq: row.at for row in await self._session.execute(query)}


def _of_room(room_id: RoomId, thread: MessageId | None) -> tuple[ColumnElement[bool], ...]:
    where: tuple[ColumnElement[bool], ...] = (EntryRow.room_id == room_id, EntryRow.kind == "message")
    return (*where, EntryRow.thread == thread) if thread else where


def _within(room: Any, seq: Any, spans: Mapping[RoomId, Span]) -> ColumnElement[bool]:
    return or_(*(and_(room == room_id, seq > span.after, seq <= span.upto) for room_id, span in spans.items()))


def _behind(room: Any, seq: Any, target_seq: Any, spans: Mapping[RoomId, Span]) -> ColumnElement[bool]:
    """Also what it is about: a change comes after its message, so its own place says nothing of that one's."""
    return or_(
        *(
            and_(room == room_id, seq > span.after, seq <= span.upto, target_seq > span.after)
            for room_id, span in spans.items()
        )
    )


def entry_of(row: EntryRow) -> Entry:
    return Entry(
        id=MessageId(row.id), room_id=RoomId(row.room_id), kind=row.kind,
        author=Author(row.author_id, row.author_name, row.source), client_id=row.client_id, at=row.at, body=row.body,
        target=MessageId(row.target) if row.target else None, target_seq=row.target_seq,
        thread=MessageId(row.thread) if row.thread else None, data=row.data, seq=row.seq, nth=row.nth,
        epoch=row.epoch,
    )  # fmt: skip
