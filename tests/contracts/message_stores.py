"""How each message store is opened for the suite, and what waits in it for the relay."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from chat_service.messages.models import Draft, Message
from chat_service.messages.store import MessageStore
from chat_service.messages.store_mongo import MongoMessageStore, RoomTurns
from chat_service.messages.store_mongo_pending import PendingMessages
from chat_service.messages.store_sql import SqlMessageStore
from chat_service.tables import Base
from clubkit.adapters.mongo import MakeClient, open_mongo
from clubkit.clock import utc_now
from clubkit.contracts.chat import MessageSent
from clubkit.db.database import Database
from clubkit.db.models import OutboxRow
from clubkit.db.work import Works
from clubkit.documents.port import Documents
from clubkit.ids import MemberId, MessageId, RoomId, new_id
from clubkit.ports import Ports

ROOM = RoomId("room")
ANNA = MemberId("anna")


def a_draft(body: str = "hello", *, room: RoomId = ROOM, author: MemberId = ANNA, client_id: str = "") -> Draft:
    return Draft(MessageId(new_id()), room, author, "Anna Berg", client_id or new_id(), body, None, utc_now())


def announced(message: Message) -> MessageSent:
    return MessageSent(
        room_id=message.room_id, room_title="Riverside", club_id=None, message_id=message.id, seq=message.seq,
        author_id=message.author_id, author_name=message.author_name, preview=message.body[:140], at=message.at,
    )  # fmt: skip


@dataclass
class Stores:
    """A message store as requests use it: each in a unit of work of its own."""

    works: Works
    facts: Callable[[], Awaitable[list[tuple[str, int]]]]
    """(room, seq) of the facts that wait to be sent."""

    @asynccontextmanager
    async def open(self) -> AsyncIterator[MessageStore]:
        async with self.works.open() as work:
            yield work.port(MessageStore)

    async def say(self, draft: Draft) -> Message:
        async with self.open() as store:
            return await store.append(draft, announced)


@asynccontextmanager
async def sql_stores(url: str) -> AsyncIterator[Stores]:
    async with _works(url) as works:
        works.ports.provide_store(MessageStore, SqlMessageStore)

        async def facts() -> list[tuple[str, int]]:
            async with works.reading() as work:
                payloads = await work.session.scalars(select(OutboxRow.payload).order_by(OutboxRow.id))
                return [_place(payload) for payload in payloads]

        yield Stores(works, facts)


@asynccontextmanager
async def mongo_stores(url: str, make_client: MakeClient, folder: Path) -> AsyncIterator[Stores]:
    async with AsyncExitStack() as stack:
        works = await stack.enter_async_context(_works(f"sqlite+aiosqlite:///{folder / 'hub.sqlite3'}"))
        documents = await stack.enter_async_context(open_mongo(url, make_client))
        works.ports.provide(Documents, documents)
        works.ports.provide(RoomTurns, RoomTurns())
        works.ports.provide_store(MessageStore, MongoMessageStore)

        async def facts() -> list[tuple[str, int]]:
            pending = PendingMessages(documents, utc_now)
            async with pending.claim(10_000) as outgoing:
                return [_place(each.payload) for each in outgoing]

        yield Stores(works, facts)


@asynccontextmanager
async def _works(url: str) -> AsyncIterator[Works]:
    database = Database(url, synchronous="normal")
    async with database.engine.begin() as connection:
        for metadata in (OutboxRow.metadata, Base.metadata):
            await connection.run_sync(metadata.create_all)
    yield Works(database, Ports())
    await database.close()


def _place(payload: str) -> tuple[str, int]:
    fact = MessageSent.model_validate_json(payload)
    return fact.room_id, fact.seq
