"""How each message store is opened for the suite, and what waits in it for the relay."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from chat_service.messages.models import THE_HUB, Author, Entry, Floor, Kind, NewEntry
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


def a_draft(
    body: str = "hello", *, room: RoomId = ROOM, author: MemberId = ANNA, client_id: str = "", **more: Any
) -> NewEntry:
    return NewEntry(
        id=MessageId(new_id()), room_id=room, kind="message", author=Author(author, "Anna Berg"),
        client_id=client_id or new_id(), at=utc_now(), body=body, **more,
    )  # fmt: skip


def a_change(kind: Kind, of: Entry, author: MemberId = ANNA, **data: Any) -> NewEntry:
    """Something that happens to a stored message."""
    return NewEntry(
        id=MessageId(new_id()), room_id=of.room_id, kind=kind, author=Author(author, "Anna Berg"), client_id=new_id(),
        at=utc_now(), target=of.id, target_seq=of.seq, data=data,
    )  # fmt: skip


def a_notice(room: RoomId = ROOM) -> NewEntry:
    data = {"what": "topic", "subject": {}}
    return NewEntry(
        id=MessageId(new_id()), room_id=room, kind="notice", author=THE_HUB, client_id=new_id(), at=utc_now(), data=data
    )


def announced(message: Entry) -> MessageSent | None:
    """Of messages alone, as it is with most that happens."""
    if message.kind != "message":
        return None
    return MessageSent(
        room_id=message.room_id, room_title="Riverside", club_id=None, message_id=message.id, seq=message.seq,
        author_id=message.author.member_id, author_name=message.author.name, preview=message.body[:140], at=message.at,
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

    async def say(self, entry: NewEntry, *, floor: Floor | None = None) -> Entry:
        async with self.open() as store:
            return await store.append(entry, announced, floor=floor)


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
