"""The facts that messages in a document database carry, as the relay takes them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from chat_service.messages.store_mongo_shape import COLLECTION, INDEXES
from clubkit.clock import Clock
from clubkit.documents.port import Document, Documents, Duplicate
from clubkit.ids import new_id
from clubkit.log.pending import Outgoing

LEASE = timedelta(seconds=15)
"""How long a relay that died keeps others from its work."""
SPARE = timedelta(seconds=12)
"""What is left of the lease whenever a batch goes out: more than the log takes to refuse it."""
LOOK_SECONDS = 0.05
_PENDING = {"pending": {"$exists": True}}


class PendingMessages:
    """`PendingFacts` over the messages. One relay at a time, by a lease; in order within each room.

    Rooms take turns: a batch goes on behind the room where the last one ended, so that a crowded room does not keep
    the others waiting. What is left of that room comes again in its own order.
    """

    name = "messages"

    def __init__(self, documents: Documents, clock: Clock) -> None:
        self._messages = documents.collection(COLLECTION)
        self._leases = documents.collection("leases")
        self._clock = clock
        self._me = new_id()
        self._mine_until: datetime | None = None
        self._behind = ""

    @asynccontextmanager
    async def claim(self, limit: int) -> AsyncIterator[Sequence[Outgoing]]:
        await self._messages.ensure(INDEXES)
        if not await self._lease():
            yield ()
            return
        waiting = await self._next(limit)
        yield [_outgoing(each["pending"]) for each in waiting]
        if waiting:
            sent = {"_id": {"$in": [each["_id"] for each in waiting]}}
            await self._messages.update(sent, {"$unset": {"pending": ""}})
        self._behind = waiting[-1]["room_id"] if len(waiting) == limit else ""

    async def arrived(self, wait: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + wait
        while (left := until - loop.time()) > 0:
            await asyncio.sleep(min(LOOK_SECONDS, left))
            if await self._messages.find(_PENDING, limit=1):
                return

    async def waiting(self) -> int:
        return await self._messages.count(_PENDING)

    async def _next(self, limit: int) -> list[Document]:
        order = [("room_id", 1), ("seq", 1)]
        found = await self._messages.find(_PENDING | {"room_id": {"$gt": self._behind}}, order=order, limit=limit)
        if self._behind and len(found) < limit:
            before = _PENDING | {"room_id": {"$lte": self._behind}}
            found += await self._messages.find(before, order=order, limit=limit - len(found))
        return found

    async def _lease(self) -> bool:
        now = self._clock()
        if self._mine_until is not None and now < self._mine_until - SPARE:
            return True
        free = {"_id": "relay", "$or": [{"owner": self._me}, {"until": {"$lt": now}}]}
        try:
            await self._leases.update(free, {"$set": {"owner": self._me, "until": now + LEASE}}, upsert=True)
        except Duplicate:  # it is there and neither ours nor over
            self._mine_until = None
            return False
        self._mine_until = now + LEASE
        return True


def _outgoing(fact: Document) -> Outgoing:
    return Outgoing(
        fact["fact_id"], fact["topic"], fact["key"], fact["type"], fact["payload"], fact["trace_id"], fact["at"]
    )
