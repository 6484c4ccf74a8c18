"""Coming into rooms, going, and who runs them; the room says each of it."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.testing.hub import Person
from tests.chat_service.places import a_room, a_talk, code, notices, said, say, titles


async def test_who_joins_has_read_what_was_there_and_the_room_says_she_came(
    chat: Any, anna: Person, ben: Person
) -> None:
    room = await a_room(chat, anna)
    await say(anna, room, "before you came")
    await ben.http.post(f"rooms/{room}/join")
    assert (await ben.http.get(f"rooms/{room}")).json()["unread"] == 0
    what, subject = (await notices(anna, room))[-1]
    assert (what, subject["members"], subject["count"]) == ("joined", [{"id": ben.id, "name": "Ben Okafor"}], 1)


async def test_who_left_is_told_nothing_and_may_come_back(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    assert (await ben.http.post(f"rooms/{room}/leave")).status_code == 204
    assert await code(await ben.http.get(f"rooms/{room}/messages")) == "room_not_found"
    assert (await ben.http.post(f"rooms/{room}/join")).status_code == 204
    assert [what for what, _ in await notices(anna, room)] == ["made", "left", "joined"]


async def test_a_member_taken_out_of_a_private_room_is_out(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben, kind="private")
    assert (await anna.http.delete(f"rooms/{room}/members/{ben.id}")).status_code == 204
    assert "Away days" not in await titles(ben)
    assert await code(await ben.http.post(f"rooms/{room}/join")) == "room_not_found"
    assert await code(await anna.http.delete(f"rooms/{room}/members/{ben.id}")) == "not_a_member"


async def test_a_moderator_runs_the_room_but_not_its_owner(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben, kind="private")
    await anna.http.put(f"rooms/{room}/members/{ben.id}/role", json={"role": "moderator"})
    assert (await ben.http.patch(f"rooms/{room}", json={"topic": "Bring bibs"})).status_code == 204
    assert await code(await ben.http.delete(f"rooms/{room}/members/{anna.id}")) == "not_your_room"
    refused = await ben.http.put(f"rooms/{room}/members/{ben.id}/role", json={"role": "owner"})
    assert await code(refused) == "not_your_room"


async def test_where_the_last_owner_goes_somebody_keeps_the_room(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben, kind="group")
    await anna.http.post(f"rooms/{room}/leave")
    assert (await ben.http.get(f"rooms/{room}")).json()["role"] == "owner"


async def test_anybody_in_a_group_brings_others_in(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben, kind="group")
    cleo = await chat.member("Cleo Ng")
    assert (await ben.http.post(f"rooms/{room}/members", json={"members": [cleo.id]})).status_code == 204
    await say(cleo, room, "hello")
    assert await said(anna, room) == ["hello"]


async def test_nobody_is_asked_into_a_talk_of_two(chat: Any, anna: Person, ben: Person) -> None:
    talk = await a_talk(anna, ben)
    cleo = await chat.member("Cleo Ng")
    refused = await anna.http.post(f"rooms/{talk}/members", json={"members": [cleo.id]})
    assert await code(refused) == "not_for_this_kind_of_room"


async def test_a_group_takes_fifty(chat: Any, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat_service.rooms.joining.MOST_IN_GROUP", 3)
    friends = [await chat.member(f"Friend {n}") for n in range(3)]
    room = await a_room(chat, anna, *friends[:2], kind="group")
    refused = await anna.http.post(f"rooms/{room}/members", json={"members": [friends[2].id]})
    assert await code(refused) == "room_full"


async def test_members_are_told_what_they_want_to_be_told(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    usual = (await ben.http.get(f"rooms/{room}")).json()["level"]
    asked = (await ben.http.put(f"rooms/{room}/level", json={"level": "all", "quiet_minutes": 60})).json()
    until = chat.hub.clock() + timedelta(minutes=60)
    assert (usual, asked["level"], asked["quiet_until"]) == (
        "mentions",
        "all",
        until.isoformat().replace("+00:00", "Z"),
    )
    stranger = await chat.hub.member("Zed")
    assert await code(await stranger.http.put(f"rooms/{room}/level", json={"level": "all"})) == "room_not_found"


async def test_a_socket_joins_and_leaves(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna)
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        assert (await his.call("room.join", {"room": room}))["ok"] is True
        level = await his.call("room.level", {"room": room, "level": "none"})
        assert (level["ok"], level["level"]) == (True, "none")
        assert (await his.call("room.leave", {"room": room}))["ok"] is True
        assert (await his.call("room.leave", {"room": room}))["problem"]["code"] == "room_not_found"
