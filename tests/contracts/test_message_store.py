"""Every message store keeps these promises; an adapter only says how it is opened."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from chat_service.messages.models import Floor, RoomAnswers
from chat_service.messages.store import Placing, Span
from chat_service.rooms.head_schemas import RoomHead
from clubkit.adapters.mongo import motor_client, pymongo_client
from clubkit.contracts.base import Fact
from clubkit.ids import MemberId, MessageId, RoomId, new_id
from tests.contracts.message_stores import (
    ANNA,
    ROOM,
    Stores,
    a_change,
    a_draft,
    a_notice,
    announced,
    mongo_stores,
    sql_stores,
)
from tools.servers.borrowing import Servers

EVERYTHING = Span(0, 10_000)

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
        return [message.seq for message in await store.entries({room: EVERYTHING})]


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


async def test_many_that_go_together_get_the_places_they_would_get_in_turn(stores):
    await stores.say(a_draft("before"))
    another = RoomId("another")
    drafts = [a_draft(f"{n}", room=another if n % 3 == 0 else ROOM) for n in range(9)]
    async with stores.open() as store:
        stored = await store.append_all([Placing(each, announced) for each in drafts])
    assert [each.id for each in stored] == [each.id for each in drafts]
    assert [each.seq for each in stored if each.room_id == ROOM] == list(range(2, 8))
    assert [each.nth for each in stored if each.room_id == another] == [1, 2, 3]
    assert await seqs(stores) == list(range(1, 8))
    facts = await stores.facts()
    assert sorted(facts) == [("another", n) for n in (1, 2, 3)] + [("room", n) for n in range(1, 8)]
    assert [seq for room, seq in facts if room == ROOM] == list(range(1, 8))


async def test_groups_of_the_same_rooms_at_the_same_time_leave_no_gap_and_share_no_place(stores):
    rooms = [RoomId(f"room {n}") for n in range(4)]

    async def group(order: list[RoomId]) -> None:
        drafts = [a_draft(f"{n}", room=room) for n in range(3) for room in order]
        async with stores.open() as store:
            await store.append_all([Placing(each, announced) for each in drafts])

    await stores.say(a_draft(room=rooms[0]))
    await asyncio.gather(*(group(rooms if n % 2 else rooms[::-1]) for n in range(6)))
    assert [len(await seqs(stores, room)) for room in rooms] == [19, 18, 18, 18]
    for room in rooms:
        assert await seqs(stores, room) == list(range(1, len(await seqs(stores, room)) + 1))


async def test_of_many_writes_those_that_were_done_are_known(stores):
    done = [await stores.say(a_draft(f"{n}", author=MemberId(f"author {n}"))) for n in range(3)]
    keys = [(each.room_id, each.author.id, each.client_id) for each in done]
    async with stores.open() as store:
        found = await store.written_before_all(
            [*keys, (ROOM, "author 0", keys[1][2]), (RoomId("another"), *keys[0][1:])]
        )
    assert found == dict(zip(keys, done, strict=True))


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
        assert await store.written_before(ROOM, ANNA, "c1") == sent
        assert await store.written_before(ROOM, ANNA, "c2") is None
        assert await store.written_before(ROOM, MemberId("ben"), "c1") is None
        assert await store.written_before(RoomId("another"), ANNA, "c1") is None


async def test_the_same_send_many_times_at_once_is_one_message(stores):
    twins = await asyncio.gather(*(stores.say(a_draft(client_id="once")) for _ in range(20)))
    await stores.say(a_draft("next"))
    assert len({twin.id for twin in twins}) == 1
    assert await seqs(stores) == [1, 2]
    assert await stores.facts() == [(ROOM, 1), (ROOM, 2)]


async def test_two_authors_may_use_one_client_id(stores):
    await stores.say(a_draft(client_id="c"))
    await stores.say(a_draft(client_id="c", author=MemberId("ben")))
    assert await seqs(stores) == [1, 2]


# Reading


async def test_a_message_comes_back_as_it_was_sent(stores):
    mention = {"kind": "member", "id": "ben", "name": "ben"}
    data = {"mentions": [mention], "reply_to": {"id": "x", "seq": 1, "author_name": "Ben", "preview": "?"}}
    sent = await stores.say(a_draft("Grüße 🏃 {'$set': 1} \n'; --", thread=MessageId("root"), data=data))
    async with stores.open() as store:
        assert list(await store.entries({ROOM: EVERYTHING})) == [sent]
        assert list(await store.messages([sent.id, MessageId("nowhere")])) == [sent]


async def test_pages_forward_and_back_hold_messages_alone(stores):
    for n in range(1, 8):
        said = await stores.say(a_draft(f"{n}"))
        await stores.say(a_change("reacted", said, emoji="👍", on=True))
    async with stores.open() as store:
        assert [m.body for m in await store.newer(ROOM, Span(4, 14), 3)] == ["3", "4", "5"]
        assert [m.body for m in await store.newer(ROOM, Span(4, 6), 3)] == ["3"]
        assert [m.body for m in await store.older(ROOM, 11, 3)] == ["3", "4", "5"]
        assert list(await store.newer(ROOM, Span(14, 14), 3)) == []
        assert list(await store.older(ROOM, 1, 3)) == []


async def test_spans_of_many_rooms_come_in_order(stores):
    other = RoomId("other")
    for room in (other, ROOM, other, ROOM, ROOM):
        await stores.say(a_draft(room=room))
    async with stores.open() as store:
        found = await store.entries({ROOM: Span(1, 2), other: Span(0, 9)})
        assert [(each.room_id, each.seq) for each in found] == [(other, 1), (other, 2), (ROOM, 2)]
        assert list(await store.entries({})) == []


async def test_heads_count_everything_and_messages_apart(stores):
    other, silent = RoomId("other"), RoomId("silent")
    said = await stores.say(a_draft())
    await stores.say(a_change("pinned", said, on=True))
    await stores.say(a_notice())
    await stores.say(a_draft(room=other))
    async with stores.open() as store:
        heads = await store.heads([ROOM, other, silent])
        assert heads == {ROOM: RoomHead(seq=3, nth=1), other: RoomHead(seq=1, nth=1), silent: RoomHead()}
        assert await store.heads([]) == {}
        assert await store.nths({(ROOM, 3), (ROOM, 9), (other, 1)}) == {(ROOM, 3): 1, (other, 1): 1}
        assert await store.nths(set()) == {}
        assert set(await store.times(ROOM, [1, 3, 9])) == {1, 3}


async def test_what_happened_to_messages_is_found_by_them(stores):
    one, two = await stores.say(a_draft("one")), await stores.say(a_draft("two"))
    await stores.say(a_change("reacted", two, emoji="👍", on=True))
    await stores.say(a_change("deleted", one, moderated=False, reason=""))
    async with stores.open() as store:
        assert [each.kind for each in await store.changes([one.id, two.id])] == ["reacted", "deleted"]
        assert [each.kind for each in await store.changes([one.id, two.id], upto=3)] == ["reacted"]
        assert [each.target for each in await store.changes([one.id, two.id], kinds=["deleted"])] == [one.id]
        assert list(await store.changes([])) == []
        assert [each.seq for each in await store.latest(ROOM, "deleted", 99, 5)] == [4]
        assert list(await store.latest(ROOM, "deleted", 4, 5)) == []


async def test_threads_are_counted_and_paged_for_themselves(stores):
    root = await stores.say(a_draft("root"))
    for n in range(3):
        await stores.say(a_draft("beside"))
        last = await stores.say(a_draft(f"{n}", thread=root.id))
    async with stores.open() as store:
        assert await store.answers([root.id, last.id], 99) == {root.id: RoomAnswers(3, last.at)}
        assert (await store.answers([root.id], 5))[root.id].count == 2
        assert await store.answers([], 99) == {}
        assert [m.body for m in await store.newer(ROOM, Span(0, 99), 2, thread=root.id)] == ["0", "1"]
        assert [m.body for m in await store.older(ROOM, 99, 2, thread=root.id)] == ["1", "2"]


async def test_the_last_message_of_each_room_is_found_behind_what_came_after_it(stores):
    last = await stores.say(a_draft("last"))
    await stores.say(a_change("reacted", last, emoji="👍", on=True))
    await stores.say(a_notice(RoomId("noticed")))
    async with stores.open() as store:
        assert await store.last_messages([ROOM, RoomId("noticed"), RoomId("silent")]) == {ROOM: last}
        assert await store.last_messages([]) == {}


# What is to be read


async def test_own_and_deleted_messages_are_not_to_be_read(stores):
    ben = MemberId("ben")
    his = [await stores.say(a_draft(author=ben)) for _ in range(3)]
    await stores.say(a_draft())
    for each in (his[0], his[2], his[2]):
        await stores.say(a_change("deleted", each, ben, moderated=False, reason=""))
    async with stores.open() as store:
        assert await store.not_to_read(ANNA, {ROOM: Span(0, 7)}) == {ROOM: 3}
        assert await store.not_to_read(ANNA, {ROOM: Span(1, 7)}) == {ROOM: 2}, "the deleted one was read before"
        assert await store.not_to_read(ANNA, {ROOM: Span(1, 5)}) == {ROOM: 1}, "nothing was deleted by then"
        assert await store.not_to_read(ben, {ROOM: Span(0, 7)}) == {ROOM: 3}
        assert await store.not_to_read(ANNA, {}) == {}


async def test_who_is_called_is_found_by_her_keys(stores):
    named = await stores.say(a_draft(mentioned=("anna", "ben")))
    everybody = await stores.say(a_draft(mentioned=("room",)))
    await stores.say(a_draft("nobody"))
    edited = await stores.say(a_draft("later"))
    change = a_change("edited", edited, mentions=[], edits=1)
    await stores.say(replace(change, mentioned=("anna",)))
    async with stores.open() as store:
        mine = {"anna", "room"}
        everything = await store.calls(mine, {ROOM: Span(0, 9)})
        assert everything == {named.id: {"anna"}, everybody.id: {"room"}, edited.id: {"anna"}}
        assert await store.calls(mine, {ROOM: Span(2, 9)}) == {edited.id: {"anna"}}
        assert await store.calls(mine, {ROOM: Span(4, 9)}) == {}, "what is edited was read before"
        assert await store.calls({"carla"}, {ROOM: Span(0, 9)}) == {}
        assert await store.calls(mine, {}) == {}


async def test_what_calls_her_twice_is_found_once_with_both_keys(stores):
    said = await stores.say(a_draft(mentioned=("here:anna", "here:ben")))
    change = a_change("edited", said, mentions=[], edits=1)
    await stores.say(replace(change, mentioned=("anna",)))
    async with stores.open() as store:
        found = await store.calls({"anna", "here:anna", "room"}, {ROOM: Span(0, 9)})
    assert found == {said.id: {"anna", "here:anna"}}


# A history that is taken away


async def test_after_a_truncation_the_epoch_is_higher_and_only_receipts_are_left_of_the_past(stores):
    old = await stores.say(a_draft("secret", client_id="old", mentioned=("ben",)))
    await stores.say(a_change("edited", old, mentions=[], edits=1))
    kept = await stores.say(a_draft("kept"))
    mark = await stores.say(a_notice(), floor=Floor(3, 1))
    async with stores.open() as store:
        await store.truncate(ROOM)
    assert (mark.epoch, kept.epoch) == (2, 1)
    async with stores.open() as store:
        assert (await store.heads([ROOM]))[ROOM] == RoomHead(seq=4, nth=2, epoch=2, floor_seq=3, floor_nth=1)
        assert [each.seq for each in await store.entries({ROOM: EVERYTHING})] == [3, 4]
        assert [each.body for each in await store.older(ROOM, 9, 9)] == ["kept"]
        assert list(await store.messages([old.id])) == []
        assert list(await store.changes([old.id])) == []
        assert await store.calls({"ben"}, {ROOM: Span(0, 9)}) == {}
        receipt = await store.written_before(ROOM, ANNA, "old")
        assert (receipt.id, receipt.seq, receipt.at, receipt.body) == (old.id, 1, old.at, "")
    await stores.say(a_notice(), floor=Floor(2, 1))
    async with stores.open() as store:
        head = (await store.heads([ROOM]))[ROOM]
    assert (head.epoch, head.floor_seq, head.floor_nth) == (3, 3, 1), "a floor does not come down again"
    again = await stores.say(a_draft("secret", client_id="old"))
    assert (again.id, again.kind) == (old.id, "truncated")
    assert (await stores.say(a_draft("next"))).epoch == 3
    assert await seqs(stores) == [3, 4, 5, 6]


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
