"""Coming back: from memory and from the store alike, in few questions, and anew when the history is another."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from chat_service.messages import catching_up, editing, reacting, service
from chat_service.messages.event_schemas import RoomMessage, RoomNotice
from chat_service.messages.ring import Ring
from chat_service.messages.schemas import Cursor, EditMessage, ReactTo
from chat_service.rooms.models import RoomRow
from chat_service.rooms.store import RoomStore
from clubkit.ids import MemberId, MessageId, RoomId, new_id
from clubkit.testing.hub import Person
from tests.chat_service.happened import deleted, edited, said
from tests.chat_service.places import a_talk


async def missed(chat: Any, who: Person, **cursors: Cursor) -> list[Any]:
    async with chat.hub.works.reading() as work:
        return await catching_up.missed(work, who.id, cursors or {chat.room: Cursor(epoch=1, seq=0)})


def forget(chat: Any) -> None:
    """As after a restart: nothing is in memory."""
    chat.hub.ports.settle(Ring, Ring())


async def test_memory_and_store_tell_the_same(chat: Any, anna: Person, ben: Person) -> None:
    said = await chat.say(anna, f"Hello @{ben.handle}")
    await chat.say(ben, "Hi")
    await chat.write(ben, reacting.react, ReactTo, target=said["id"], emoji="👍")
    await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body="Hello all")
    remembered = await missed(chat, ben)
    forget(chat)
    assert await missed(chat, ben) == remembered
    assert [each.root.seq for each in remembered[0].events] == [1, 2, 3, 4]


async def test_what_happened_in_another_process_is_not_overlooked(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, "one")
    here = chat.hub.ports[Ring]
    forget(chat)
    await chat.say(anna, "two, elsewhere")
    chat.hub.ports.settle(Ring, here)
    await chat.say(anna, "three")
    [stretch] = await missed(chat, ben)
    assert [each.root.message.body for each in stretch.events] == ["one", "two, elsewhere", "three"]


@pytest.mark.parametrize("cursor", [Cursor(epoch=2, seq=1), Cursor(epoch=0, seq=1), Cursor(epoch=1, seq=99)])
async def test_a_cursor_of_another_history_starts_anew(chat: Any, anna: Person, cursor: Cursor) -> None:
    for n in range(3):
        await chat.say(anna, f"{n}")
    [stretch] = await missed(chat, anna, **{chat.room: cursor})
    assert (stretch.reset, stretch.events, stretch.head, stretch.epoch) == (True, (), 3, 1)
    gap = await chat.read(anna, "/events", epoch=cursor.epoch, after=cursor.seq)
    assert gap["reset"] is True


async def test_a_cursor_from_before_a_truncation_starts_anew(chat: Any, anna: Person) -> None:
    for n in range(3):
        await chat.say(anna, f"{n}")
    async with chat.hub.works.open() as work:
        await service.truncate(work, chat.room, 3)
    [stretch] = await missed(chat, anna, **{chat.room: Cursor(epoch=1, seq=3)})
    assert (stretch.reset, stretch.epoch) == (True, 2)
    assert await missed(chat, anna, **{chat.room: Cursor(epoch=2, seq=4)}) == []


async def test_too_far_behind_starts_anew(chat: Any, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "TOO_FAR_BEHIND", 2)
    for n in range(3):
        await chat.say(anna, f"{n}")
    assert (await missed(chat, anna))[0].reset is True
    assert (await missed(chat, anna, **{chat.room: Cursor(epoch=1, seq=1)}))[0].reset is False


async def test_one_answer_is_bounded_and_says_how_far_the_rest_goes(
    chat: Any, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = RoomId(await a_talk(anna, ben))
    await anna.http.post(f"rooms/{talk}/messages", json={"client_id": new_id(), "body": "psst"})
    for n in range(3):
        await chat.say(anna, f"{n}")
    monkeypatch.setattr(catching_up, "MOST_EVENTS", 3)
    start = Cursor(epoch=1, seq=0)
    stretches = {each.room: each for each in await missed(chat, ben, **{chat.room: start, talk: start})}
    assert (len(stretches[talk].events), stretches[talk].head) == (1, 1)
    assert (len(stretches[chat.room].events), stretches[chat.room].head, stretches[chat.room].reset) == (0, 3, False)


async def test_rooms_of_others_are_left_out(chat: Any, anna: Person) -> None:
    await chat.say(anna, "hello")
    stranger = await chat.hub.member("Zed")
    assert await missed(chat, stranger) == []


@pytest.fixture
def statements(chat: Any) -> Iterator[list[str]]:
    """What is asked of SQL, without beginnings and ends."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    engine = chat.hub.works.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


async def test_coming_back_to_many_rooms_takes_as_few_questions_as_to_one(
    chat: Any, anna: Person, ben: Person, statements: list[str]
) -> None:
    rooms = [chat.room]
    for name in ("Carla", "Dan", "Eva"):
        other = await chat.member(name)
        rooms.append(await a_talk(ben, other))
        await other.http.post(f"rooms/{rooms[-1]}/messages", json={"client_id": new_id(), "body": "hi"})
    await chat.say(anna, "hello")
    cursors = {room: Cursor(epoch=1, seq=0) for room in rooms}
    asked = {}
    for name, few in (("one", {chat.room: cursors[chat.room]}), ("four", cursors)):
        forget(chat)
        statements.clear()
        assert len(await missed(chat, ben, **few)) == len(few)
        asked[name] = len(statements)
    assert asked["one"] == asked["four"] <= 4
    statements.clear()
    await missed(chat, ben, **cursors)
    assert len(statements) <= 2, "from memory: which rooms, and how far they go"


async def test_a_crowd_that_comes_back_is_answered_with_one_question(
    chat: Any, anna: Person, ben: Person, statements: list[str]
) -> None:
    for n in range(3):
        await chat.say(anna, f"{n}")
    told = await missed(chat, ben)
    works, behind = chat.hub.works, {chat.room: Cursor(epoch=1, seq=1)}
    statements.clear()
    answers = await asyncio.gather(*(catching_up.missed_of(works, [chat.room], behind) for _ in range(50)))
    assert len(statements) <= 1, "how far the room goes; the rest is in memory"
    assert all(stretch.events == told[0].events[1:] for [stretch] in answers)


@pytest.mark.parametrize(
    "cursor", [Cursor(epoch=1, seq=0), Cursor(epoch=1, seq=2), Cursor(epoch=1, seq=3), Cursor(epoch=2, seq=1)]
)
async def test_who_comes_back_is_told_the_same_from_memory_and_without(
    chat: Any, anna: Person, ben: Person, cursor: Cursor
) -> None:
    for n in range(3):
        await chat.say(anna, f"{n}")
    expected = await missed(chat, ben, **{chat.room: cursor})
    for _ in ("memory", "the store"):
        assert list(await catching_up.missed_of(chat.hub.works, [chat.room], {chat.room: cursor})) == expected
        forget(chat)


async def test_who_comes_back_is_told_of_no_room_but_hers(chat: Any, anna: Person, statements: list[str]) -> None:
    await chat.say(anna, "hello")
    statements.clear()
    assert await catching_up.missed_of(chat.hub.works, [], {chat.room: Cursor(epoch=1, seq=0)}) == ()
    assert statements == []


async def test_a_message_is_sent_in_a_handful_of_statements(chat: Any, anna: Person, statements: list[str]) -> None:
    await chat.say(anna, "the first takes one more")
    statements.clear()
    await chat.say(anna, "Who takes the bibs?")
    assert len(statements) <= 7, statements


# The ring


def heard(room: str, seq: int) -> RoomNotice:
    at = "2026-01-01T00:00:00Z"
    return RoomNotice.model_validate(
        {"room": room, "epoch": 1, "seq": seq, "nth": 0, "at": at, "by": MemberId("anna"), "by_name": "", "what": "x"}
    )


def test_a_ring_answers_whole_runs_or_nothing() -> None:
    ring = Ring(per_room=3)
    for seq in (1, 3, 2, 5):
        ring.put(heard("a", seq))
    room = RoomId("a")
    assert ring.between(room, 1, 3) is not None
    assert ring.between(room, 2, 5) is None, "4 is missing"
    assert ring.between(room, 0, 3) is None, "1 had to go"
    assert ring.between(room, 5, 5) == []
    assert ring.between(RoomId("b"), 0, 1) is None


def test_rings_are_bounded_over_all_rooms() -> None:
    ring = Ring(per_room=10, in_all=10)
    for room in "abcd":
        for seq in range(1, 6):
            ring.put(heard(room, seq))
    assert len(ring) == 10
    assert [room for room in "abcd" if ring.between(RoomId(room), 0, 5)] == ["c", "d"]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0)], ids=["as it happened", "the deletion first"])
def test_a_ring_forgets_the_words_of_what_is_deleted(chat_events: list[Any], order: tuple[int, ...]) -> None:
    ring = Ring()
    for place in order:
        ring.put(chat_events[place])
    remembered = ring.between(RoomId("a"), 0, len(chat_events))
    assert remembered is not None
    assert "secret" not in "".join(each.model_dump_json() for each in remembered)
    first = remembered[0]
    assert isinstance(first, RoomMessage)
    assert first.message.deleted_at is not None


@pytest.fixture
def chat_events() -> list[Any]:
    """A message, its edit, an answer that quotes it, its deletion."""
    target = MessageId("m1")
    return [
        said("a", 1, target, "secret"),
        edited("a", 2, target, "secret still"),
        said("a", 3, MessageId("m2"), "what?", quotes=(target, "secret")),
        deleted("a", 4, target),
    ]


async def test_a_member_of_hundreds_of_rooms_is_served_like_others(chat: Any, anna: Person, ben: Person) -> None:
    rooms = []
    async with chat.hub.works.open() as work:
        store = RoomStore(work)
        for n in range(450):
            rooms.append(RoomId(new_id()))
            row = {"kind": "group", "title": f"{n}", "hue": 1, "created_at": work.now, "topic": "", "blocked": ""}
            await store.add_room(RoomRow(id=rooms[-1], slow_seconds=0, **row))
            for who in (anna, ben):
                await store.set_membership(rooms[-1], who.id, role="member", gone=False, version=1, read_seq=0)
    for room in (rooms[0], rooms[449]):
        sent = await anna.http.post(f"rooms/{room}/messages", json={"client_id": new_id(), "body": "hello"})
        assert sent.status_code == 201, sent.text
    async with chat.hub.works.reading() as work:
        stretches = await catching_up.missed(work, ben.id, dict.fromkeys(rooms, Cursor(epoch=1, seq=0)))
    assert {each.room for each in stretches} == {rooms[0], rooms[449]}
    listed = {room["id"]: room["unread"] for room in (await ben.http.get("rooms")).json()["data"]}
    assert len(listed) == 451
    assert {room for room, unread in listed.items() if unread} == {rooms[0], rooms[449]}
