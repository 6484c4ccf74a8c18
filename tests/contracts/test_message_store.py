"""Every message store keeps these promises; an adapter only says how it is opened."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from clubkit.adapters.mongo import motor_client, pymongo_client
from clubkit.contracts.base import Fact
from clubkit.ids import MemberId, RoomId, new_id
from tests.contracts.message_stores import ANNA, ROOM, Stores, a_draft, announced, mongo_stores, sql_stores
from tools.servers.borrowing import Servers

on_servers = pytest.mark.servers
PARAMS = [
    "sql-sqlite",
    pytest.param("sql-postgres", marks=on_servers),
    pytest.param("mongo", marks=on_servers),
    pytest.param("mongo-pymongo", marks=on_servers),
]


@pytest.fixture(params=PARAMS)
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    opens: dict[str, Callable[[Servers | None], AbstractAsyncContextManager[Stores]]] = {
        "sql-sqlite": lambda _: sql_stores(f"sqlite+aiosqlite:///{tmp_path / 'hub.sqlite3'}"),
        "sql-postgres": lambda servers: sql_stores(servers.postgres()),
        "mongo": lambda servers: mongo_stores(servers.mongo(), motor_client, tmp_path),
        "mongo-pymongo": lambda servers: mongo_stores(servers.mongo(), pymongo_client, tmp_path),
    }
    servers = None if request.param == "sql-sqlite" else request.getfixturevalue("servers")
    async with opens[request.param](servers) as opened:
        yield opened


async def seqs(stores: Stores, room: RoomId = ROOM) -> list[int]:
    async with stores.open() as store:
        return [message.seq for message in await store.after(room, 0, 10_000)]


# Places


async def test_messages_of_a_room_are_counted_from_one(stores):
    assert [(await stores.say(a_draft())).seq for _ in range(3)] == [1, 2, 3]


async def test_each_room_counts_for_itself(stores):
    await stores.say(a_draft())
    assert (await stores.say(a_draft(room=RoomId("another")))).seq == 1


async def test_many_at_once_leave_no_gap_and_share_no_place(stores):
    said = await asyncio.gather(*(stores.say(a_draft(f"{n}")) for n in range(50)))
    assert sorted(message.seq for message in said) == list(range(1, 51))
    assert await seqs(stores) == list(range(1, 51))


async def test_nobody_ever_sees_a_message_before_the_one_before_it(stores):
    holes: list[list[int]] = []

    async def look(stop: asyncio.Event) -> None:
        while not stop.is_set():
            seen = await seqs(stores)
            if seen != list(range(1, len(seen) + 1)):
                holes.append(seen)

    stop = asyncio.Event()
    looking = asyncio.create_task(look(stop))
    await asyncio.gather(*(stores.say(a_draft()) for _ in range(30)))
    stop.set()
    await looking
    assert holes == []


async def test_a_send_that_fails_leaves_no_gap(stores):
    def fails(_: object) -> Fact:
        raise RuntimeError

    await stores.say(a_draft("before"))
    with pytest.raises(RuntimeError):
        async with stores.open() as store:
            await store.append(a_draft("lost"), fails)
    assert (await stores.say(a_draft("after"))).seq == 2


# Once, for ever


async def test_a_message_is_found_by_its_client_id(stores):
    sent = await stores.say(a_draft(client_id="c1"))
    async with stores.open() as store:
        assert await store.sent_before(ROOM, ANNA, "c1") == sent
        assert await store.sent_before(ROOM, ANNA, "c2") is None
        assert await store.sent_before(ROOM, MemberId("ben"), "c1") is None
        assert await store.sent_before(RoomId("another"), ANNA, "c1") is None


async def test_the_same_send_many_times_at_once_is_one_message(stores):
    twins = await asyncio.gather(*(stores.say(a_draft(client_id="once")) for _ in range(20)))
    await stores.say(a_draft("next"))
    assert len(set(twins)) == 1
    assert await seqs(stores) == [1, 2]
    assert await stores.facts() == [(ROOM, 1), (ROOM, 2)]


async def test_two_authors_may_use_one_client_id(stores):
    await stores.say(a_draft(client_id="c"))
    await stores.say(a_draft(client_id="c", author=MemberId("ben")))
    assert await seqs(stores) == [1, 2]


# Reading


async def test_a_message_comes_back_as_it_was_sent(stores):
    sent = await stores.say(a_draft("Grüße 🏃 {'$set': 1} \n'; --"))
    async with stores.open() as store:
        assert list(await store.after(ROOM, 0, 1)) == [sent]


async def test_pages_forward_and_back(stores):
    for n in range(1, 8):
        await stores.say(a_draft(f"{n}"))
    async with stores.open() as store:
        assert [m.body for m in await store.after(ROOM, 2, 3)] == ["3", "4", "5"]
        assert [m.body for m in await store.before(ROOM, 6, 3)] == ["3", "4", "5"]
        assert list(await store.after(ROOM, 7, 3)) == []
        assert list(await store.before(ROOM, 1, 3)) == []


async def test_heads_of_rooms_are_exact_and_zero_where_nobody_wrote(stores):
    other, silent = RoomId("other"), RoomId("silent")
    for room in (ROOM, ROOM, other):
        await stores.say(a_draft(room=room))
    async with stores.open() as store:
        assert await store.heads([ROOM, other, silent]) == {ROOM: 2, other: 1, silent: 0}
        assert await store.heads([]) == {}


async def test_last_words_are_the_newest_shortened(stores):
    await stores.say(a_draft("first"))
    last = await stores.say(a_draft("x" * 500))
    async with stores.open() as store:
        words = (await store.last_words([ROOM, RoomId("silent")]))[ROOM]
        assert list(await store.last_words([RoomId("silent")])) == []
        assert await store.last_words([]) == {}
    assert (words.seq, words.preview, words.at, words.author_id) == (2, "x" * 140, last.at, ANNA)


# The fact


async def test_each_message_leaves_its_fact_in_the_order_of_its_room(stores):
    rooms = [RoomId(f"room {n}") for n in range(4)]
    await asyncio.gather(*(stores.say(a_draft(room=room)) for room in rooms for _ in range(5)))
    facts = await stores.facts()
    assert Counter(room for room, _ in facts) == Counter(dict.fromkeys(rooms, 5))
    for room in rooms:
        assert [seq for where, seq in facts if where == room] == [1, 2, 3, 4, 5]


async def test_no_fact_goes_without_its_message(stores):
    twin = new_id()
    await stores.say(a_draft(client_id=twin))
    async with stores.open() as store:
        await store.append(a_draft(client_id=twin), announced)
    assert await stores.facts() == [(ROOM, 1)]
