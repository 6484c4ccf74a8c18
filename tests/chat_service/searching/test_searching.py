"""Messages are found by who is in their room now, as they read now; nothing leaks to anybody else."""

from datetime import timedelta
from typing import Any

import pytest

from chat_service.messages import deleting, editing, service
from chat_service.messages.schemas import DeleteMessage, EditMessage
from chat_service.searching import rebuilding
from chat_service.searching.index import MessageIndex
from clubkit.ids import MessageId, RoomId, new_id
from clubkit.testing.hub import Person
from tests.chat_service.conftest import Chat
from tests.chat_service.places import a_talk


@pytest.fixture
def index(chat: Chat) -> MessageIndex:
    return chat.hub.port(MessageIndex)


async def search(who: Person, q: str, **more: Any) -> dict[str, Any]:
    response = await who.http.get("chat/search", params={"q": q, **more})
    return {"status": response.status_code, **response.json()}


async def found(who: Person, q: str, **more: Any) -> list[str]:
    answer = await search(who, q, **more)
    assert answer["status"] == 200, answer
    return [each["excerpt"] for each in answer["data"]]


async def say(chat: Chat, who: Person, *bodies: str, room: str = "") -> list[str]:
    """Answers the ids."""
    ids = []
    for body in bodies:
        payload = {"client_id": new_id(), "body": body}
        response = await who.http.post(f"rooms/{room or chat.room}/messages", json=payload)
        assert response.status_code == 201, response.text
        ids.append(response.json()["id"])
        chat.hub.clock.advance(timedelta(minutes=1))
    await chat.hub.settle()
    return ids


async def edit(chat: Chat, who: Person, target: str, body: str) -> None:
    wish = EditMessage(room=chat.room, client_id=new_id(), target=MessageId(target), body=body)
    async with chat.hub.works.open() as work:
        await editing.edit_message(work, who.caller, wish)


async def delete(chat: Chat, who: Person, target: str) -> None:
    wish = DeleteMessage(room=chat.room, client_id=new_id(), target=MessageId(target))
    async with chat.hub.works.open() as work:
        await deleting.delete_message(work, who.caller, wish)


async def test_a_message_is_found_with_its_place_and_its_marks(chat: Chat, anna: Person, ben: Person) -> None:
    [id_] = await say(chat, anna, "The late bus leaves at nine")
    answer = await search(ben, "bus")
    [hit] = answer["data"]
    assert (hit["id"], hit["room"], hit["room_title"], hit["seq"]) == (id_, chat.room, "Riverside FC", 1)
    assert (hit["author_id"], hit["author_name"]) == (anna.id, "Anna Berg")
    assert [hit["excerpt"][a:b] for a, b in hit["marks"]] == ["bus"]
    assert (answer["total"], answer["guessed"]) == (1, False)


async def test_the_newest_come_first_and_pages_follow_without_gap(chat: Chat, anna: Person) -> None:
    await say(chat, anna, *(f"bus {number}" for number in range(7)))
    seen, cursor = [], None
    while True:
        page = await search(anna, "bus", limit=3, **({"cursor": cursor} if cursor else {}))
        seen += [hit["excerpt"] for hit in page["data"]]
        cursor = page["page"]["next"]
        if cursor is None:
            break
    assert seen == [f"bus {number}" for number in reversed(range(7))]


async def test_tokens_narrow_by_room_author_and_day(chat: Chat, anna: Person, ben: Person) -> None:
    room = await a_talk(anna, ben)
    await say(chat, anna, "bus for all")
    await say(chat, ben, "bus by ben")
    await say(chat, anna, "bus for two", room=room)
    assert await found(anna, "bus in:riverside") == ["bus by ben", "bus for all"]
    assert await found(anna, 'in:"Riverside FC" from:me bus') == ["bus for all"]
    assert await found(anna, f"in:@{ben.handle} bus") == ["bus for two"]
    assert await found(anna, "from:ben") == ["bus by ben"]
    assert await found(anna, "bus", room=room) == ["bus for two"]
    today = chat.hub.clock().date().isoformat()
    assert await found(anna, f"bus before:{today}") == []
    assert len(await found(anna, f"on:{today}")) == 3


@pytest.mark.parametrize(
    ("q", "code"),
    [
        ("", "nothing_to_search"),
        ("   ", "nothing_to_search"),
        ("in:nowhere bus", "no_such_room"),
        ("from:nobody bus", "nobody_called_so"),
        ("on:someday bus", "no_such_day"),
    ],
)
async def test_what_cannot_be_searched_is_said(chat: Chat, anna: Person, q: str, code: str) -> None:
    answer = await search(anna, q)
    assert (answer["status"], answer["code"]) == (422, code)
    assert (await search(anna, "bus", zone="Middle/Earth"))["code"] == "no_such_zone"
    assert (await search(anna, "bus", cursor="made-up"))["code"] == "bad_cursor"


async def test_an_edit_is_found_by_what_it_says_now(chat: Chat, anna: Person) -> None:
    [id_] = await say(chat, anna, "the bus is late")
    await edit(chat, anna, id_, "the train is late")
    assert await found(anna, "bus") == []  # at once, before the index heard of it
    await chat.hub.settle()
    assert await found(anna, "train") == ["the train is late"]
    assert (await search(anna, "bus"))["total"] == 0


async def test_a_deleted_message_is_found_by_nobody_at_once(chat: Chat, anna: Person, ben: Person) -> None:
    [id_] = await say(chat, anna, "the bus is late")
    await delete(chat, anna, id_)
    assert await found(ben, "bus") == []
    await chat.hub.settle()
    assert (await search(ben, "bus"))["total"] == 0


WAYS = ("secretword", "from:anna", "on:2026-03-14", "secretword from:me", "sekretword")


@pytest.mark.parametrize("q", WAYS)
async def test_nothing_leaks_to_who_is_not_in_the_room(chat: Chat, anna: Person, ben: Person, q: str) -> None:
    """The matrix: a room's member, one who left, one who never was, one of a talk of others; each way of asking."""
    cleo = await chat.member("Cleo Diaz")
    stranger = await chat.hub.member("Sven Stranger")
    room = await a_talk(anna, ben)
    await say(chat, anna, "secretword for two", room=room)
    await say(chat, ben, "secretword of the club")
    for outsider in (cleo, stranger):
        assert "secretword for two" not in await found(outsider, q)
    assert await found(stranger, q) == []
    await chat.stand(ben, None, version=2)
    assert "secretword of the club" not in await found(ben, q)
    for token in ("in:riverside", f"in:{chat.room}"):
        assert (await search(ben, f"{token} secretword"))["code"] == "no_such_room"
        assert (await search(stranger, f"{token} secretword"))["code"] == "no_such_room"
    assert (await search(ben, "secretword", room=chat.room))["code"] == "no_such_room"
    assert (await search(cleo, "secretword", room=room))["code"] == "no_such_room"
    answer = await search(ben, q)
    assert answer["total"] == len(answer["data"])
    assert (await chat.hub.http().get("chat/search", params={"q": q})).status_code == 401


async def test_who_comes_back_finds_again(chat: Chat, anna: Person, ben: Person) -> None:
    await say(chat, anna, "the bus is late")
    await chat.stand(ben, None, version=2)
    assert await found(ben, "bus") == []
    await chat.stand(ben, "member", version=3)
    assert await found(ben, "bus") == ["the bus is late"]


async def test_made_anew_the_index_is_what_it_was(chat: Chat, anna: Person, ben: Person, index: MessageIndex) -> None:
    ids = await say(chat, anna, "one bus", "two bus", "three bus")
    await say(chat, ben, "four bus", room=await a_talk(anna, ben))
    await edit(chat, anna, ids[0], "one train")
    await delete(chat, anna, ids[1])
    await chat.hub.settle()
    before = await index.digest()
    assert await rebuilding.rebuild(chat.hub.works) == 3
    assert await index.digest() == before
    assert await found(anna, "bus") == ["four bus", "three bus"]


async def test_what_the_room_forgot_is_found_no_more(chat: Chat, anna: Person) -> None:
    await say(chat, anna, "old bus", "new bus")
    async with chat.hub.works.open() as work:
        await service.truncate(work, RoomId(chat.room), 2)
    assert await found(anna, "bus") == ["new bus"]
    await chat.hub.settle()
    assert (await search(anna, "bus"))["total"] == 1
