"""Messages in a document database: one document is the entry, its place and its fact, so they are one write.

The seq is not counted up beside the entries: it is the newest entry's seq plus one, and a unique index on
(room, seq) lets one of two writers have it. So there is no moment at which a place is taken and its entry is not
there, and a crash leaves no hole. The same document says how many messages there are, which epoch it is and where
history begins, so these hold together as well. See docs/decisions.
"""

import asyncio
import random
from collections.abc import Collection, Sequence
from weakref import WeakValueDictionary

from chat_service.messages.models import Entry, Floor, NewEntry
from chat_service.messages.store import Announce, Placing, Written
from chat_service.messages.store_mongo_reading import MongoReading
from chat_service.messages.store_mongo_shape import COLLECTION, INDEXES, document, place, placed, quote_of
from chat_service.rooms.head_schemas import RoomHead
from clubkit.db.work import UnitOfWork, outbox_row
from clubkit.documents.errors import DocumentsAway
from clubkit.documents.port import Document, Documents, Duplicate
from clubkit.ids import RoomId

TRIES = 60
"""Each lost race means that somebody else's entry got its place."""


class RoomTurns:
    """Who of this process writes next in a room, so that only processes race, not requests."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.carried_over = False

    def of(self, room_id: RoomId) -> asyncio.Lock:
        return self._locks.setdefault(room_id, asyncio.Lock())


class MongoMessageStore(MongoReading):
    """`MessageStore`. It takes no part in the unit of work's transaction: what `append` stored stays."""

    def __init__(self, work: UnitOfWork) -> None:
        super().__init__(work.port(Documents).collection(COLLECTION), self._prepare)
        self._turns = work.port(RoomTurns)

    async def append(self, entry: NewEntry, announce: Announce, *, floor: Floor | None = None) -> Entry:
        await self._ready()
        async with self._turns.of(entry.room_id):
            for attempt in range(TRIES):
                stored, head = placed(entry, await self._head(entry.room_id), floor)
                fact = announce(stored)
                try:
                    await self._messages.insert(document(stored, head, outbox_row(fact) if fact else None))
                except Duplicate:
                    if earlier := await self.written_before(entry.room_id, entry.author.id, entry.client_id):
                        return earlier
                    await asyncio.sleep(random.uniform(0, 0.002 * min(attempt, 10)))
                else:
                    return stored
        raise DocumentsAway

    async def append_all(self, placings: Sequence[Placing]) -> Sequence[Entry]:
        of: dict[RoomId, list[int]] = {}
        for at, each in enumerate(placings):
            of.setdefault(each.entry.room_id, []).append(at)
        stored: dict[int, Entry] = {}

        async def in_turn(some: Sequence[int]) -> None:
            for at in some:
                stored[at] = await self.append(placings[at].entry, placings[at].announce)

        await asyncio.gather(*map(in_turn, of.values()))
        return [stored[at] for at in range(len(placings))]

    async def written_before_all(self, keys: Collection[Written]) -> dict[Written, Entry]:
        wanted = [{"room_id": room, "author_id": author, "client_id": client} for room, author, client in keys]
        found = await self._find({"$or": wanted})
        return {(each.room_id, each.author.id, each.client_id): each for each in found}

    async def written_before(self, room_id: RoomId, author_id: str, client_id: str) -> Entry | None:
        found = await self._find({"room_id": room_id, "author_id": author_id, "client_id": client_id}, limit=1)
        return found[0] if found else None

    async def truncate(self, room_id: RoomId) -> None:
        floor = (await self._head(room_id)).floor_seq
        before = {"room_id": room_id, "seq": {"$lt": floor}, "kind": {"$ne": "truncated"}}
        bare = {"kind": "truncated", "body": "", "author_name": "", "data": {}}
        empty = {"target": "", "target_seq": "", "thread": "", "mentioned": ""}
        await self._messages.update(before, {"$set": bare, "$unset": empty})

    async def _head(self, room_id: RoomId) -> RoomHead:
        # Read anew each time: a seq remembered from before a failover might be one that was rolled back.
        newest = await self._messages.find({"room_id": room_id}, order=[("seq", -1)], limit=1)
        return place(newest[0] if newest else None)

    async def _prepare(self) -> None:
        """The indexes; and messages from before there was anything but messages get what all entries have."""
        await self._messages.ensure(INDEXES)
        if self._turns.carried_over:
            return
        while found := await self._messages.find({"kind": None}, limit=500):
            await self._carry_over(found)
        self._turns.carried_over = True

    async def _carry_over(self, messages: Sequence[Document]) -> None:
        answered = [each["reply_to"] for each in messages if each.get("reply_to")]
        quoted = {each["_id"]: each for each in await self._messages.find({"_id": {"$in": answered}})}
        for each in messages:
            quote = quote_of(quoted[each["reply_to"]]) if each.get("reply_to") in quoted else None
            common = {"kind": "message", "nth": each["seq"], "epoch": 1, "source": "member", "data": quote or {}}
            await self._messages.update({"_id": each["_id"]}, {"$set": common})
