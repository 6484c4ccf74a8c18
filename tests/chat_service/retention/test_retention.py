"""Rooms keep what is said for as long as they say, and can be taken along as text."""

from datetime import timedelta
from typing import Any

import orjson

from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_room, code, notices, said, say


async def keep(person: Person, room: str, days: int | None) -> Any:
    return await person.http.put(f"rooms/{room}/retention", json={"days": days, "reason": "House rules"})


async def expire(chat: Any) -> None:
    async with chat.hub.works.open() as work:
        work.schedule("chat.expire_messages")
    assert "done" in {str(state) for state in await chat.hub.run_jobs()}


async def export(person: Person, room: str) -> list[dict[str, Any]]:
    response = await person.http.get(f"rooms/{room}/export")
    assert response.status_code == 200, response.text
    return [orjson.loads(line) for line in response.text.splitlines()]


async def test_what_was_said_long_enough_ago_goes(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await say(anna, room, "old")
    chat.hub.clock.advance(timedelta(days=8))
    await say(ben, room, "new")
    assert (await keep(anna, room, 7)).status_code == 204
    await expire(chat)
    assert await said(ben, room) == ["new"]
    assert (await ben.http.get(f"rooms/{room}")).json()["epoch"] == 2


async def test_a_room_where_nothing_is_old_enough_is_left_alone(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await keep(anna, room, 1)
    for _ in range(4):
        chat.hub.clock.advance(timedelta(days=3))
        await expire(chat)
    assert (await ben.http.get(f"rooms/{room}")).json()["epoch"] == 1


async def test_a_room_keeps_everything_unless_it_says_otherwise(chat: Any, anna: Person) -> None:
    room = await a_room(chat, anna)
    await say(anna, room, "for ever")
    await keep(anna, room, 1)
    await keep(anna, room, None)
    chat.hub.clock.advance(timedelta(days=20))
    await expire(chat)
    assert await said(anna, room) == ["for ever"]


async def test_an_old_send_is_answered_though_the_message_is_gone(chat: Any, anna: Person) -> None:
    room, client_id = await a_room(chat, anna), new_id()
    first = await say(anna, room, "old", client_id)
    await keep(anna, room, 1)
    chat.hub.clock.advance(timedelta(days=3))
    await expire(chat)
    assert (await say(anna, room, "old", client_id))["seq"] == first["seq"]
    assert await said(anna, room) == []


async def test_everybody_is_told_and_it_is_written_down(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await keep(anna, room, 30)
    assert (await notices(ben, room))[-1] == ("retention", {"days": 30})
    [deed] = (await anna.http.get(f"rooms/{room}/audit")).json()["data"]
    assert (deed["what"], deed["why"], deed["details"]) == ("retention", "House rules", {"days": 30})


async def test_only_owners_say_how_long(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await anna.http.put(f"rooms/{room}/members/{ben.id}/role", json={"role": "moderator"})
    assert await code(await keep(ben, room, 1)) == "not_your_room"


async def test_a_room_is_taken_along_line_by_line(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    for n in range(3):
        await say(ben, room, f"{n}")
    lines = await export(ben, room)
    assert [line["type"] for line in lines] == ["room", "message", "message", "message", "attachments", "end"]
    assert (lines[0]["room"]["title"], [line["body"] for line in lines[1:4]]) == ("Away days", ["0", "1", "2"])
    assert {member["name"] for member in lines[0]["members"]} == {"Anna Berg", "Ben Okafor"}
    assert lines[-1] == {"type": "end", "messages": 3, "attachments": 0}


async def test_a_long_room_is_whole(chat: Any, anna: Person, monkeypatch: Any) -> None:
    monkeypatch.setattr("chat_service.retention.exporting.PAGE", 2)
    room = await a_room(chat, anna)
    for n in range(5):
        await say(anna, room, f"{n}")
    bodies = [line["body"] for line in await export(anna, room) if line["type"] == "message"]
    assert bodies == ["0", "1", "2", "3", "4"]


async def test_no_word_of_what_was_deleted_is_taken_along(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    sent = await say(ben, room, "rude words")
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        await his.call("message.delete", {"room": room, "client_id": new_id(), "target": sent["id"]})
    assert "rude words" not in str(await export(anna, room))


async def test_who_is_not_in_the_room_takes_nothing_along(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, kind="private")
    assert await code(await ben.http.get(f"rooms/{room}/export")) == "room_not_found"
    await chat.stand(ben, "admin", version=2)
    assert await code(await ben.http.get(f"rooms/{room}/export")) == "room_not_found"
