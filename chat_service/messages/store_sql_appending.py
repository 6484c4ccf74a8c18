"""Many entries written as one: a fixed number of statements, of however many messages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from chat_service.messages.models import Author, Entry, EntryRow, HeadRow, MentionRow, NewEntry
from chat_service.messages.store import Placing, Written
from chat_service.messages.store_sql_reading import entry_of
from clubkit.db.evening import evened
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork

_HEADS: Any = HeadRow.__table__
_ENTRIES: Any = EntryRow.__table__
_LOCKED = (
    select(_HEADS.c.room_id, _HEADS.c.seq, _HEADS.c.nth, _HEADS.c.epoch)
    .where(_HEADS.c.room_id.in_(bindparam("rooms", expanding=True)))
    .order_by(_HEADS.c.room_id)  # in one order, whoever else locks some of them
    .with_for_update()
)
_MOVE = update(_HEADS).where(_HEADS.c.room_id == bindparam("room")).values(seq=bindparam("to"), nth=bindparam("at"))
_INSERT = insert(_ENTRIES)
_MENTION = insert(cast("Table", MentionRow.__table__))
_KEY = tuple_(_ENTRIES.c.room_id, _ENTRIES.c.author_id, _ENTRIES.c.client_id)
_WRITTEN_BEFORE = select(_ENTRIES).where(_KEY.in_(bindparam("keys", expanding=True)))


@dataclass(slots=True)
class _Head:
    seq: int
    nth: int
    epoch: int


async def append_all(work: UnitOfWork, placings: Sequence[Placing]) -> list[Entry]:
    """As `MessageStore.append_all`. Fails, with the transaction, when one was written meanwhile."""
    heads = await _lock(work.session, sorted({each.entry.room_id for each in placings}))
    entries = [_next(heads[each.entry.room_id], each.entry) for each in placings]
    moves = [{"room": room, "to": head.seq, "at": head.nth} for room, head in heads.items()]
    await work.session.execute(_MOVE, moves)
    await work.session.execute(_INSERT, [row_of(each) for each in entries])
    if mentions := [row for each in entries for row in mention_rows(each)]:
        await work.session.execute(_MENTION, mentions)
    for placing, entry in zip(placings, entries, strict=True):
        if fact := placing.announce(entry):
            work.publish(fact, cause=placing.cause)
    return entries


async def written_before_all(session: AsyncSession, keys: Collection[Written]) -> dict[Written, Entry]:
    rows = await session.execute(_WRITTEN_BEFORE, {"keys": evened(keys)})
    entries = [entry_of(cast("EntryRow", row)) for row in rows]
    return {(each.room_id, each.author.id, each.client_id): each for each in entries}


async def _lock(session: AsyncSession, rooms: Sequence[str]) -> Mapping[str, _Head]:
    """How far these rooms go. Nobody else moves them before this transaction ends, so no place is given twice."""
    heads = await _heads(session, rooms)
    if missing := [room for room in rooms if room not in heads]:
        for room in missing:
            first = {"room_id": room, "seq": 0, "nth": 0, "epoch": 1, "floor_seq": 1, "floor_nth": 0}
            await insert_or_ignore(session, HeadRow, [first])
        heads = await _heads(session, rooms)
    return heads


async def _heads(session: AsyncSession, rooms: Sequence[str]) -> dict[str, _Head]:
    found = await session.execute(_LOCKED, {"rooms": evened(rooms)})
    return {room_id: _Head(seq, nth, epoch) for room_id, seq, nth, epoch in found}


def _next(head: _Head, entry: NewEntry) -> Entry:
    head.seq += 1
    head.nth += entry.kind == "message"
    return placed(entry, head.seq, head.nth, head.epoch)


def placed(entry: NewEntry, seq: int, nth: int, epoch: int) -> Entry:
    return Entry(
        id=entry.id, room_id=entry.room_id, kind=entry.kind, author=entry.author, client_id=entry.client_id,
        at=entry.at, body=entry.body, target=entry.target, target_seq=entry.target_seq, thread=entry.thread,
        mentioned=entry.mentioned, data=entry.data, seq=seq, nth=nth, epoch=epoch,
    )  # fmt: skip


def row_of(entry: Entry) -> dict[str, Any]:
    author: Author = entry.author
    return {
        "room_id": entry.room_id, "seq": entry.seq, "nth": entry.nth, "epoch": entry.epoch, "id": entry.id,
        "kind": entry.kind, "author_id": author.id, "author_name": author.name, "source": author.source,
        "client_id": entry.client_id, "at": entry.at, "body": entry.body, "target": entry.target,
        "target_seq": entry.target_seq, "thread": entry.thread, "data": entry.data,
    }  # fmt: skip


def mention_rows(entry: Entry) -> list[dict[str, Any]]:
    about = {"target": entry.target or entry.id, "target_seq": entry.target_seq or entry.seq}
    return [{"room_id": entry.room_id, "who": who, "seq": entry.seq, **about} for who in entry.mentioned]
