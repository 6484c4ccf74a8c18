"""Unread and mention counts are exact, whatever is sent, edited, deleted and read, on however many devices."""

from typing import Any

from chat_service.messages import deleting, editing, reacting, service
from chat_service.messages.schemas import DeleteMessage, EditMessage, ReactTo
from clubkit.testing.hub import Person
from tests.chat_service.told import counts, read


async def test_messages_of_others_are_unread_and_what_happens_to_them_is_not(
    chat: Any, anna: Person, ben: Person
) -> None:
    said = [await chat.say(anna, f"{n}") for n in range(3)]
    await chat.write(anna, reacting.react, ReactTo, target=said[0]["id"], emoji="👍")
    await chat.write(anna, editing.edit_message, EditMessage, target=said[0]["id"], body="better")
    assert await counts(chat, ben) == (3, 0)
    assert await counts(chat, anna) == (0, 0), "what she wrote herself"
    assert await read(chat, ben, 2) == (1, 0)
    assert await read(chat, ben, 5) == (0, 0)
    assert await counts(chat, ben) == (0, 0)


async def test_what_was_deleted_is_unread_no_more(chat: Any, anna: Person, ben: Person) -> None:
    said = [await chat.say(anna, f"{n}") for n in range(3)]
    await chat.write(anna, deleting.delete_message, DeleteMessage, target=said[1]["id"])
    assert await counts(chat, ben) == (2, 0)
    await read(chat, ben, 1)
    await chat.write(anna, deleting.delete_message, DeleteMessage, target=said[0]["id"])
    assert await counts(chat, ben) == (1, 0), "the one that was read before counts once"


async def test_who_writes_without_having_read_keeps_what_she_has_not_read(chat: Any, anna: Person, ben: Person) -> None:
    for n in range(3):
        await chat.say(anna, f"{n}")
    await chat.say(ben, "written on the train")
    assert await counts(chat, ben) == (3, 0)
    await read(chat, ben, 4)
    await chat.say(ben, "and now")
    assert await counts(chat, ben) == (0, 0)
    await chat.say(anna, "answer")
    assert await counts(chat, ben) == (1, 0)


async def test_a_name_calls_its_member_and_nobody_else(chat: Any, anna: Person, ben: Person) -> None:
    carla = await chat.member("Carla Diaz")
    said = await chat.say(anna, f"@{ben.handle} can you? (@nobody cannot, `@{carla.handle}` is code)")
    assert (await counts(chat, ben), await counts(chat, carla)) == ((1, 1), (1, 0))
    [mention] = (await chat.read(ben, "/messages"))["messages"][0]["mentions"]
    assert mention == {"kind": "member", "id": ben.id, "name": ben.handle}
    assert await read(chat, ben, said["seq"]) == (0, 0)


async def test_everybody_is_called_by_one_mark(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, "@room training is off")
    assert await counts(chat, ben) == (1, 1)
    assert await counts(chat, anna) == (0, 0)


async def test_an_edit_calls_who_it_names_and_lets_go_who_it_names_no_more(
    chat: Any, anna: Person, ben: Person
) -> None:
    carla = await chat.member("Carla Diaz")
    said = await chat.say(anna, f"@{ben.handle} brings cake")
    await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body=f"@{carla.handle} brings cake")
    assert (await counts(chat, ben), await counts(chat, carla)) == ((1, 0), (1, 1))
    await chat.write(anna, deleting.delete_message, DeleteMessage, target=said["id"])
    assert (await counts(chat, ben), await counts(chat, carla)) == ((0, 0), (0, 0))


async def test_a_team_is_called_by_the_name_of_its_room(chat: Any, anna: Person, ben: Person) -> None:
    await chat.stand(anna, "owner", version=2)
    team = {"kind": "team", "title": "First Team", "club_id": chat.club_id}
    made = await anna.http.post("rooms", json=team)
    assert made.status_code == 201, made.text
    invited = await anna.http.post(f"rooms/{made.json()['id']}/members", json={"members": [ben.id]})
    assert invited.status_code < 300, invited.text
    carla = await chat.member("Carla Diaz")
    await chat.say(anna, "@first_team bus at nine")
    assert (await counts(chat, ben), await counts(chat, carla)) == ((1, 1), (1, 0))


async def test_a_truncated_history_is_not_to_be_read(chat: Any, anna: Person, ben: Person) -> None:
    for n in range(4):
        await chat.say(anna, f"@{ben.handle} {n}")
    await read(chat, ben, 1)
    async with chat.hub.works.open() as work:
        await service.truncate(work, chat.room, 4)
    assert await counts(chat, ben) == (1, 1)


async def test_the_heartbeat_corrects_counts_that_differ_and_no_others(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, f"@{ben.handle}")
    right = {"read_seq": 0, "unread": 1, "mentions": 1}
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        ask = {"rooms": [chat.room], "counts": {chat.room: right}}
        assert (await his.call("heartbeat", ask))["counts"] == {}
        ask["counts"] = {chat.room: right | {"unread": 7}}
        assert (await his.call("heartbeat", ask))["counts"] == {chat.room: right}


async def test_who_has_read_how_far_is_told_to_the_room(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, "seen?")
    await read(chat, ben, 1)
    stranger = await chat.hub.member("Zed")
    async with chat.hub.listening() as url:
        async with chat.hub.socket(url, anna) as hers:
            readers = (await hers.call("room.receipts", {"room": chat.room}))["readers"]
            assert {each["member_id"]: each["read_seq"] for each in readers} == {anna.id: 1, ben.id: 1}
        async with chat.hub.socket(url, stranger) as his:
            assert (await his.call("room.receipts", {"room": chat.room}))["problem"]["code"] == "room_not_found"


async def test_a_draft_follows_its_member_and_nobody_else_sees_it(chat: Any, anna: Person, ben: Person) -> None:
    async def draft(who: Person) -> str:
        return (await who.http.get(f"rooms/{chat.room}")).json()["draft"]  # type: ignore[no-any-return]

    await anna.http.put(f"rooms/{chat.room}/draft", json={"body": "Dear al"})
    await anna.http.put(f"rooms/{chat.room}/draft", json={"body": "Dear all"})
    assert (await draft(anna), await draft(ben)) == ("Dear all", "")
    await anna.http.put(f"rooms/{chat.room}/draft", json={"body": ""})
    assert await draft(anna) == ""
    stranger = await chat.hub.member("Zed")
    assert (await stranger.http.put(f"rooms/{chat.room}/draft", json={"body": "x"})).status_code == 404
