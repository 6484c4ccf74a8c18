"""Messages in a document database: processes beside each other, the relay's claims, a server that is killed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pymongo import MongoClient

from chat_service.messages.models import Entry, NewEntry
from chat_service.messages.store import Span
from chat_service.messages.store_mongo_pending import LEASE, PendingMessages
from chat_service.messages.store_mongo_shape import COLLECTION, INDEXES
from chat_service.module import messages_answer
from clubkit.adapters.mongo import MongoDocuments, motor_client, open_mongo
from clubkit.clock import utc_now
from clubkit.contracts.chat import MessageSent
from clubkit.documents.errors import DocumentsAway
from clubkit.documents.port import Documents
from clubkit.ids import RoomId
from clubkit.ports import Ports
from clubkit.testing.clock import MovableClock
from tests.contracts.message_stores import ROOM, Stores, a_draft, mongo_stores
from tests.waiting import until
from tools.servers.borrowing import Servers
from tools.servers.mongo import Mongo
from tools.servers.places import run_folder

pytestmark = pytest.mark.servers


@pytest.fixture
def url(servers: Servers) -> str:
    return servers.mongo()


@pytest.fixture
async def documents(url: str) -> AsyncIterator[MongoDocuments]:
    async with open_mongo(url) as opened:
        yield opened


@pytest.fixture
async def processes(url: str, tmp_path: Path) -> AsyncIterator[list[Stores]]:
    """Three processes that write to one database."""
    async with AsyncExitStack() as stack:
        folders = [tmp_path / name for name in ("a", "b", "c")]
        yield [await stack.enter_async_context(mongo_stores(url, motor_client, folder)) for folder in folders]


def place(payload: str) -> tuple[str, int]:
    fact = MessageSent.model_validate_json(payload)
    return fact.room_id, fact.seq


# Before anything is written


async def test_a_process_is_ready_once_the_indexes_of_messages_stand(documents: MongoDocuments, url: str) -> None:
    ports = Ports()
    ports.provide(Documents, documents)
    await messages_answer(ports)
    with MongoClient(url) as client:
        made = client[urlsplit(url).path.strip("/")][COLLECTION].index_information()
    assert {index.name for index in INDEXES} <= set(made)


# Processes beside each other


async def test_processes_that_race_for_a_room_leave_no_gap(processes):
    said = await asyncio.gather(*(stores.say(a_draft()) for stores in processes for _ in range(15)))
    assert sorted(message.seq for message in said) == list(range(1, 46))


async def test_one_send_in_many_processes_is_one_message(processes):
    twins = await asyncio.gather(*(stores.say(a_draft(client_id="once")) for stores in processes for _ in range(5)))
    assert len({twin.id for twin in twins}) == 1
    assert (await processes[0].say(a_draft())).seq == 2


# The relay's claims


async def test_what_was_not_sent_is_claimed_again(processes, documents):
    await processes[0].say(a_draft())
    pending = PendingMessages(documents, utc_now)
    with pytest.raises(ConnectionError):
        async with pending.claim(10):
            raise ConnectionError("the log is away")
    assert await pending.waiting() == 1
    async with pending.claim(10) as facts:
        assert [place(fact.payload) for fact in facts] == [(ROOM, 1)]
    assert await pending.waiting() == 0
    async with pending.claim(10) as facts:
        assert list(facts) == []


async def test_batches_keep_the_order_of_each_room_and_no_room_waits_for_a_crowded_one(processes, documents):
    rooms = [RoomId(name) for name in ("crowded", "quiet", "still")]
    for room, count in zip(rooms, (12, 2, 1), strict=True):
        for _ in range(count):
            await processes[0].say(a_draft(room=room))
    pending = PendingMessages(documents, utc_now)
    batches: list[list[tuple[str, int]]] = []
    while await pending.waiting():
        async with pending.claim(5) as facts:
            batches.append([place(fact.payload) for fact in facts])
    sent = [each for batch in batches for each in batch]
    assert {room for room, _ in batches[1]} >= {"quiet", "still"}
    for room in rooms:
        seqs = [seq for where, seq in sent if where == room]
        assert seqs == list(range(1, len(seqs) + 1))
    assert len(sent) == 15


async def test_a_second_relay_gets_nothing_until_the_first_ones_lease_is_over(processes, documents):
    await processes[0].say(a_draft())
    clock = MovableClock()
    first, second = PendingMessages(documents, clock), PendingMessages(documents, clock)
    async with first.claim(10) as mine, second.claim(10) as theirs:
        assert (len(mine), len(theirs)) == (1, 0)
    await processes[0].say(a_draft())
    clock.advance(LEASE + timedelta(seconds=1))
    async with second.claim(10) as theirs:
        assert len(theirs) == 1


# A server that is killed


@pytest.fixture
def own_server() -> Iterator[Mongo]:
    """A server that this test may kill."""
    server = Mongo(run_folder() / "mongo-faults")
    server.reset()
    server.start()
    yield server
    server.stop()


async def keep_sending(stores: Stores, draft: NewEntry) -> Entry:
    """As the app does: the same client id until there is an answer."""
    while True:
        try:
            return await stores.say(draft)
        except DocumentsAway:
            await asyncio.sleep(0.05)


async def test_a_killed_server_has_every_acknowledged_message_once_and_no_gap(own_server, tmp_path):
    address = own_server.fresh(own_server.url(own_server.running().port))
    acknowledged: list[Entry] = []

    async def talk(stores: Stores, room: RoomId) -> None:
        for n in range(25):
            message = await keep_sending(stores, a_draft(f"{n}", room=room))
            acknowledged.append(message)

    async with mongo_stores(address, motor_client, tmp_path) as stores:
        rooms = [RoomId(f"room {n}") for n in range(3)]
        talking = [asyncio.create_task(talk(stores, room)) for room in rooms for _ in range(3)]
        await until(lambda: len(acknowledged) >= 60)
        await asyncio.to_thread(own_server.kill)
        assert len(acknowledged) < 225
        await asyncio.to_thread(own_server.start)
        await asyncio.gather(*talking)
        async with stores.open() as store:
            kept = list(await store.entries({room: Span(0, 1_000) for room in rooms}))
        facts = await stores.facts()
    assert sorted(kept, key=str) == sorted(acknowledged, key=str)
    places = sorted((room, seq) for room in rooms for seq in range(1, 76))
    assert sorted((message.room_id, message.seq) for message in kept) == places
    assert sorted(facts) == places


# Messages from before


async def test_messages_from_before_are_entries_now(url, documents, tmp_path):
    common = {"room_id": ROOM, "author_id": "anna", "author_name": "Anna Berg", "at": utc_now(), "reply_to": None}
    kept = documents.collection("messages")
    await kept.insert(common | {"_id": "m1", "seq": 1, "client_id": "c1", "body": "Who drives?"})
    await kept.insert(common | {"_id": "m2", "seq": 2, "client_id": "c2", "body": "I do", "reply_to": "m1"})
    async with mongo_stores(url, motor_client, tmp_path) as stores:
        async with stores.open() as store:
            found = await store.entries({ROOM: Span(0, 9)})
        assert [(each.kind, each.seq, each.nth, each.body) for each in found] == [
            ("message", 1, 1, "Who drives?"), ("message", 2, 2, "I do"),
        ]  # fmt: skip
        assert found[1].data["reply_to"] == {
            "id": "m1", "seq": 1, "author_name": "Anna Berg", "preview": "Who drives?",
        }  # fmt: skip
        assert (await stores.say(a_draft())).nth == 3
