"""Messages in a document database: one document is the message, its place and its fact, so they are one write.

The seq is not counted up beside the messages: it is the newest message's seq plus one, and a unique index on
(room, seq) lets one of two writers have it. So there is no moment at which a place is taken and its message is not
there, and a crash leaves no hole. See docs/decisions.
"""

import asyncio
import random
from collections.abc import Collection, Sequence
from typing import Any
from weakref import WeakValueDictionary

from chat_service.messages.models import Draft, Message
from chat_service.messages.store import Announce
from chat_service.rooms.schemas import LastMessage
from clubkit.db.work import UnitOfWork, outbox_row
from clubkit.documents.errors import DocumentsAway
from clubkit.documents.port import Document, Documents, Duplicate, Index
from clubkit.ids import MemberId, MessageId, RoomId

COLLECTION = "messages"
PREVIEW = 140
"""Characters of a message that a room list shows."""

TRIES = 60
"""Each lost race means that somebody else's message got its place."""

INDEXES = (
    Index("place", [("room_id", 1), ("seq", -1)], unique=True),
    Index("sent_once", [("room_id", 1), ("author_id", 1), ("client_id", 1)], unique=True),
    Index("author", [("author_id", 1)]),
    Index("pending", [("room_id", 1), ("seq", 1)], only={"pending": {"$exists": True}}),
)


class RoomTurns:
    """Who of this process writes next in a room, so that only processes race, not requests."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, room_id: RoomId) -> asyncio.Lock:
        return self._locks.setdefault(room_id, asyncio.Lock())


class MongoMessageStore:
    """`MessageStore`. It takes no part in the unit of work's transaction: what `append` stored stays."""

    def __init__(self, work: UnitOfWork) -> None:
        self._turns = work.port(RoomTurns)
        self._messages = work.port(Documents).collection(COLLECTION)

    async def append(self, draft: Draft, announce: Announce) -> Message:
        await self._messages.ensure(INDEXES)
        async with self._turns.of(draft.room_id):
            for attempt in range(TRIES):
                message = _placed(draft, await self._head(draft.room_id) + 1)
                try:
                    await self._messages.insert(_document(message, outbox_row(announce(message))))
                except Duplicate:
                    if earlier := await self.sent_before(draft.room_id, draft.author_id, draft.client_id):
                        return earlier
                    await asyncio.sleep(random.uniform(0, 0.002 * min(attempt, 10)))
                else:
                    return message
        raise DocumentsAway

    async def sent_before(self, room_id: RoomId, author_id: MemberId, client_id: str) -> Message | None:
        query = {"room_id": room_id, "author_id": author_id, "client_id": client_id}
        found = await self._messages.find(query, limit=1)
        return _message(found[0]) if found else None

    async def after(self, room_id: RoomId, seq: int, limit: int) -> Sequence[Message]:
        query = {"room_id": room_id, "seq": {"$gt": seq}}
        return [_message(each) for each in await self._messages.find(query, order=[("seq", 1)], limit=limit)]

    async def before(self, room_id: RoomId, seq: int, limit: int) -> Sequence[Message]:
        query = {"room_id": room_id, "seq": {"$lt": seq}}
        return [_message(each) for each in await self._messages.find(query, order=[("seq", -1)], limit=limit)][::-1]

    async def heads(self, room_ids: Collection[RoomId]) -> dict[RoomId, int]:
        known = {each["_id"]: each["last"]["seq"] for each in await self._last_of(room_ids, {"seq": "$seq"})}
        return {room_id: known.get(room_id, 0) for room_id in room_ids}

    async def last_words(self, room_ids: Collection[RoomId]) -> dict[RoomId, LastMessage]:
        return {RoomId(each["_id"]): _last_words(each["last"]) for each in await self._last_of(room_ids, "$$ROOT")}

    async def _head(self, room_id: RoomId) -> int:
        # Read anew each time: a seq remembered from before a failover might be one that was rolled back.
        newest = await self._messages.find({"room_id": room_id}, order=[("seq", -1)], limit=1)
        return int(newest[0]["seq"]) if newest else 0

    async def _last_of(self, room_ids: Collection[RoomId], what: Any) -> list[Document]:
        """The newest message of each room: sorted as the index is, which lets the server jump from room to room."""
        if not room_ids:
            return []
        return await self._messages.aggregate(
            [
                {"$match": {"room_id": {"$in": list(room_ids)}}},
                {"$sort": {"room_id": 1, "seq": -1}},
                {"$group": {"_id": "$room_id", "last": {"$first": what}}},
            ]
        )


def _placed(draft: Draft, seq: int) -> Message:
    # Kept to the millisecond, so a repeated send is answered the very same time.
    at = draft.at.replace(microsecond=draft.at.microsecond // 1000 * 1000)
    return Message(
        draft.id, draft.room_id, draft.author_id, draft.author_name, draft.client_id,
        draft.body, draft.reply_to, at, seq,
    )  # fmt: skip


def _document(message: Message, fact: dict[str, Any]) -> Document:
    return {
        "_id": message.id, "room_id": message.room_id, "seq": message.seq, "author_id": message.author_id,
        "author_name": message.author_name, "client_id": message.client_id, "body": message.body,
        "reply_to": message.reply_to, "at": message.at, "pending": fact,
    }  # fmt: skip


def _message(kept: Document) -> Message:
    return Message(
        MessageId(kept["_id"]), RoomId(kept["room_id"]), MemberId(kept["author_id"]), kept["author_name"],
        kept["client_id"], kept["body"], MessageId(kept["reply_to"]) if kept["reply_to"] else None, kept["at"],
        kept["seq"],
    )  # fmt: skip


def _last_words(kept: Document) -> LastMessage:
    return LastMessage(
        seq=kept["seq"], author_id=MemberId(kept["author_id"]), author_name=kept["author_name"],
        preview=kept["body"][:PREVIEW], at=kept["at"],
    )  # fmt: skip
