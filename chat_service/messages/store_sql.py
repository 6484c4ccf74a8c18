"""Messages in SQL (SQLite or PostgreSQL): the entry and its fact share the unit of work's transaction."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, delete, insert, literal, select, update

from chat_service.messages.models import Entry, EntryRow, Floor, HeadRow, MentionRow, NewEntry
from chat_service.messages.store import Announce, Placing, Written
from chat_service.messages.store_sql_appending import append_all, mention_rows, placed, row_of, written_before_all
from chat_service.messages.store_sql_reading import SqlReading, entry_of
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import RoomId

# What every write asks is built once: building a statement costs as much as asking it.
_HEADS: Any = HeadRow.__table__
_COUNT_UP = (
    update(_HEADS)
    .where(_HEADS.c.room_id == bindparam("room"))
    .values(seq=_HEADS.c.seq + 1, nth=_HEADS.c.nth + bindparam("counts"))
    .returning(_HEADS.c.seq, _HEADS.c.nth, _HEADS.c.epoch)
)
_FLOOR = bindparam("floor", type_=BigInteger)
_IS_HIGHER = _HEADS.c.floor_seq < _FLOOR
"""A floor never comes down again, whichever of two truncations is first."""
_BEGIN_EPOCH = _COUNT_UP.values(
    epoch=_HEADS.c.epoch + 1,
    floor_seq=case((_IS_HIGHER, _FLOOR), else_=_HEADS.c.floor_seq),
    floor_nth=case((_IS_HIGHER, bindparam("gone", type_=BigInteger)), else_=_HEADS.c.floor_nth),
)
_WRITTEN_BEFORE = select(EntryRow).where(
    EntryRow.room_id == bindparam("room"),
    EntryRow.author_id == bindparam("author"),
    EntryRow.client_id == bindparam("client"),
)


class SqlMessageStore(SqlReading):
    """`MessageStore` bound to one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work.session)
        self._work = work

    async def append(self, entry: NewEntry, announce: Announce, *, floor: Floor | None = None) -> Entry:
        seq, nth, epoch = await self._next_place(entry, floor)
        stored = placed(entry, seq, nth, epoch)
        if not await insert_or_ignore(self._session, EntryRow, [row_of(stored)]):
            return await self._twin_of(entry)
        if stored.mentioned:
            await self._session.execute(insert(MentionRow), mention_rows(stored))
        if fact := announce(stored):
            self._work.publish(fact)
        return stored

    async def append_all(self, placings: Sequence[Placing]) -> Sequence[Entry]:
        if len(placings) == 1:
            return [await self.append(placings[0].entry, placings[0].announce)]
        return await append_all(self._work, placings)

    async def written_before_all(self, keys: Collection[Written]) -> dict[Written, Entry]:
        return await written_before_all(self._session, keys)

    async def written_before(self, room_id: RoomId, author_id: str, client_id: str) -> Entry | None:
        wanted = {"room": room_id, "author": author_id, "client": client_id}
        row = await self._session.scalar(_WRITTEN_BEFORE, wanted)
        return entry_of(row) if row else None

    async def truncate(self, room_id: RoomId) -> None:
        floor = select(HeadRow.floor_seq).where(HeadRow.room_id == room_id).scalar_subquery()
        before = (EntryRow.room_id == room_id, EntryRow.seq < floor, EntryRow.kind != "truncated")
        bare: dict[str, Any] = {
            "kind": "truncated",
            "author_name": "",
            "body": "",
            "data": {},
            "target": None,
            "thread": None,
        }
        await self._session.execute(
            update(EntryRow).where(*before).values(**bare).execution_options(synchronize_session=False)
        )
        await self._session.execute(
            delete(MentionRow)
            .where(MentionRow.room_id == room_id, MentionRow.target_seq < floor)
            .execution_options(synchronize_session=False)
        )

    async def _next_place(self, entry: NewEntry, floor: Floor | None) -> tuple[int, int, int]:
        # The row lock taken here is held to the commit: seqs are given in commit order and never skipped.
        what: dict[str, Any] = {"room": entry.room_id, "counts": int(entry.kind == "message")}
        statement = _COUNT_UP
        if floor:
            statement, what = _BEGIN_EPOCH, what | {"floor": floor.seq, "gone": floor.nth}
        place = (await self._session.execute(statement, what)).first()
        if place is None:
            first = {"room_id": entry.room_id, "seq": 0, "nth": 0, "epoch": 1, "floor_seq": 1, "floor_nth": 0}
            await insert_or_ignore(self._session, HeadRow, [first])
            place = (await self._session.execute(statement, what)).one()
        return place.seq, place.nth, place.epoch

    async def _twin_of(self, entry: NewEntry) -> Entry:
        """The same write, which was stored while this one waited for the room. Its place is given back."""
        earlier = await self.written_before(entry.room_id, entry.author.id, entry.client_id)
        if earlier is None:
            raise ValueError(f"there is another entry with the id {entry.id}")
        count_down = update(HeadRow).where(HeadRow.room_id == entry.room_id)
        values = {"seq": HeadRow.seq - 1, "nth": HeadRow.nth - literal(int(entry.kind == "message"))}
        await self._session.execute(count_down.values(**values).execution_options(synchronize_session=False))
        return earlier
