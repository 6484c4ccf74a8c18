"""What is asked of messages in a document database."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from chat_service.messages.models import Entry, Kind, RoomAnswers
from chat_service.messages.store import Span
from chat_service.messages.store_mongo_shape import entry_of, place
from chat_service.rooms.head_schemas import RoomHead
from clubkit.documents.port import Collection as Kept
from clubkit.documents.port import Document
from clubkit.ids import MemberId, MessageId, RoomId


class MongoReading:
    """The reading half of `MessageStore`."""

    def __init__(self, messages: Kept, ready: Callable[[], Awaitable[None]]) -> None:
        self._messages = messages
        self._ready = ready

    async def heads(self, room_ids: Collection[RoomId]) -> dict[RoomId, RoomHead]:
        known = {each["_id"]: place(each["last"]) for each in await self._last_of({"room_id": _any(room_ids)})}
        return {room_id: known.get(room_id, RoomHead()) for room_id in room_ids}

    async def entries(self, spans: Mapping[RoomId, Span]) -> Sequence[Entry]:
        if not spans:
            return []
        query = {"kind": {"$ne": "truncated"}, "$or": [_within(room_id, span) for room_id, span in spans.items()]}
        return await self._find(query, [("room_id", 1), ("seq", 1)])

    async def messages(self, ids: Collection[MessageId]) -> Sequence[Entry]:
        return await self._find({"_id": _any(ids), "kind": "message"})

    async def older(
        self, room_id: RoomId, before: int, limit: int, *, thread: MessageId | None = None
    ) -> Sequence[Entry]:
        query = _of_room(room_id, thread) | {"seq": {"$lt": before}}
        return (await self._find(query, [("seq", -1)], limit))[::-1]

    async def newer(
        self, room_id: RoomId, span: Span, limit: int, *, thread: MessageId | None = None
    ) -> Sequence[Entry]:
        query = _of_room(room_id, thread) | {"seq": {"$gt": span.after, "$lte": span.upto}}
        return await self._find(query, [("seq", 1)], limit)

    async def changes(
        self, targets: Collection[MessageId], *, upto: int | None = None, kinds: Collection[Kind] = ()
    ) -> Sequence[Entry]:
        if not targets:
            return []
        query: dict[str, Any] = {"target": _one_of(targets)}
        if upto is not None:
            query["seq"] = {"$lte": upto}
        if kinds:
            query["kind"] = _any(kinds)
        return await self._find(query, [("room_id", 1), ("seq", 1)])

    async def answers(self, roots: Collection[MessageId], upto: int) -> dict[MessageId, RoomAnswers]:
        if not roots:
            return {}
        found = await self._gather(
            [
                {"$match": {"thread": _one_of(roots), "seq": {"$lte": upto}}},
                {"$group": {"_id": "$thread", "count": {"$sum": 1}, "last_at": {"$max": "$at"}}},
            ]
        )
        return {MessageId(each["_id"]): RoomAnswers(each["count"], each["last_at"]) for each in found}

    async def latest(self, room_id: RoomId, kind: Kind, before: int, limit: int) -> Sequence[Entry]:
        query = {"room_id": room_id, "kind": kind, "seq": {"$lt": before}}
        return await self._find(query, [("seq", -1)], limit)

    async def last_messages(self, room_ids: Collection[RoomId]) -> dict[RoomId, Entry]:
        found = await self._last_of({"room_id": _any(room_ids), "kind": "message"})
        return {RoomId(each["_id"]): entry_of(each["last"]) for each in found}

    async def not_to_read(self, member_id: MemberId, spans: Mapping[RoomId, Span]) -> dict[RoomId, int]:
        if not spans:
            return {}
        mine = [_within(room_id, span) | {"kind": "message", "author_id": member_id} for room_id, span in spans.items()]
        deleted = [_behind(room_id, span) | {"kind": "deleted"} for room_id, span in spans.items()]
        found = await self._gather(
            [
                {"$match": {"$or": mine + deleted}},
                {"$group": {"_id": {"room": "$room_id", "place": {"$ifNull": ["$target_seq", "$seq"]}}}},
                {"$group": {"_id": "$_id.room", "count": {"$sum": 1}}},
            ]
        )
        return {RoomId(each["_id"]): each["count"] for each in found}

    async def calls(self, keys: Collection[str], spans: Mapping[RoomId, Span]) -> dict[MessageId, set[str]]:
        if not spans or not keys:
            return {}
        mentioned = {"mentioned": _one_of(keys)}
        query = {"$or": [_within(room_id, span) | mentioned for room_id, span in spans.items()]}
        called: dict[MessageId, set[str]] = {}
        for entry in await self._find(query):
            message_id, seq = _about(entry)
            if seq > spans[entry.room_id].after:
                called.setdefault(message_id, set()).update(set(keys).intersection(entry.mentioned))
        return called

    async def nths(self, places: Collection[tuple[RoomId, int]]) -> dict[tuple[RoomId, int], int]:
        if not places:
            return {}
        query = {"$or": [{"room_id": room_id, "seq": seq} for room_id, seq in places]}
        return {(entry.room_id, entry.seq): entry.nth for entry in await self._find(query)}

    async def times(self, room_id: RoomId, seqs: Collection[int]) -> dict[int, datetime]:
        return {entry.seq: entry.at for entry in await self._find({"room_id": room_id, "seq": _any(seqs)})}

    async def _find(self, query: Document, order: Sequence[tuple[str, int]] = (), limit: int = 0) -> list[Entry]:
        await self._ready()
        return [entry_of(each) for each in await self._messages.find(query, order=order, limit=limit)]

    async def _gather(self, pipeline: Sequence[Mapping[str, Any]]) -> list[Document]:
        await self._ready()
        return await self._messages.aggregate(pipeline)

    async def _last_of(self, query: Document) -> list[Document]:
        """The newest of each room: sorted as the index is, which lets the server jump from room to room."""
        if not query["room_id"]["$in"]:
            return []
        return await self._gather(
            [
                {"$match": query},
                {"$sort": {"room_id": 1, "seq": -1}},
                {"$group": {"_id": "$room_id", "last": {"$first": "$$ROOT"}}},
            ]
        )


def _one_of(values: Collection[Any]) -> dict[str, Any]:
    """The same of a field that is not always there: an index of those that have it serves it."""
    return {"$in": list(values), "$exists": True}


def _any(values: Collection[Any]) -> dict[str, list[Any]]:
    return {"$in": list(values)}


def _of_room(room_id: RoomId, thread: MessageId | None) -> Document:
    where: Document = {"room_id": room_id, "kind": "message"}
    return where | {"thread": _one_of([thread])} if thread else where


def _within(room_id: RoomId, span: Span) -> Document:
    return {"room_id": room_id, "seq": {"$gt": span.after, "$lte": span.upto}}


def _behind(room_id: RoomId, span: Span) -> Document:
    return _within(room_id, span) | {"target_seq": {"$gt": span.after}}


def _about(entry: Entry) -> tuple[MessageId, int]:
    return (entry.target, entry.target_seq or 0) if entry.target else (entry.id, entry.seq)
