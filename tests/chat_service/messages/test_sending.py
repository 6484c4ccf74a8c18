"""Sending: stored once, in order, told to everyone in the room and to nobody else."""

import asyncio
from typing import Any

from chat_service.settings import WriteRates
from clubkit.cache.limits import Rate
from clubkit.ids import new_id
from clubkit.testing.hub import Person


async def test_what_anna_says_ben_reads(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, "Pitch 2 is waterlogged.")
    assert await chat.history(ben) == ["Pitch 2 is waterlogged."]


async def test_a_repeated_send_answers_the_first_receipt_and_stores_nothing_more(chat: Any, anna: Person) -> None:
    client_id = new_id()
    first = await chat.say(anna, "once", client_id)
    second = await chat.say(anna, "once", client_id)
    assert second == first
    assert await chat.history(anna) == ["once"]


async def test_who_left_since_still_learns_that_her_message_stands(chat: Any, anna: Person, ben: Person) -> None:
    client_id = new_id()
    first = await chat.say(ben, "once", client_id)
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        await chat.stand(ben, None, version=2)
        assert await chat.say(ben, "once", client_id) == first
        again, new = await asyncio.gather(*(
            his.call("message.send", {"room": chat.room, "client_id": each, "body": "once"})
            for each in (client_id, new_id())
        ))  # fmt: skip
    assert again["seq"] == first["seq"]
    assert new["problem"]["code"] == "room_not_found"
    assert await chat.history(anna) == ["once"]


async def test_the_same_client_id_with_another_text_is_refused(chat: Any, anna: Person) -> None:
    client_id = new_id()
    await chat.say(anna, "one thing", client_id)
    refused = await chat.say(anna, "another thing", client_id)
    assert refused["status"] == 409
    assert refused["code"] == "client_id_taken"
    assert await chat.history(anna) == ["one thing"]


async def test_two_members_may_use_the_same_client_id(chat: Any, anna: Person, ben: Person) -> None:
    client_id = new_id()
    assert (await chat.say(anna, "mine", client_id))["status"] == 201
    assert (await chat.say(ben, "mine", client_id))["status"] == 201


async def test_seqs_are_dense_however_many_send_at_once(chat: Any, anna: Person, ben: Person) -> None:
    receipts = await asyncio.gather(*(chat.say(who, f"{n}") for n in range(20) for who in (anna, ben)))
    assert sorted(receipt["seq"] for receipt in receipts) == list(range(1, 41))


async def test_a_stranger_cannot_tell_the_room_exists(chat: Any, anna: Person) -> None:
    await chat.say(anna, "secret")
    stranger = await chat.hub.member("Zed")
    refused = await chat.say(stranger, "hello?")
    assert (refused["status"], refused["code"]) == (404, "room_not_found")
    response = await stranger.http.get(f"rooms/{chat.room}/messages")
    assert response.json()["code"] == "room_not_found"


async def test_who_left_can_neither_read_nor_write(chat: Any, anna: Person, ben: Person) -> None:
    await chat.stand(ben, None, version=2)
    assert (await chat.say(ben, "still here?"))["status"] == 404


async def test_an_older_fact_does_not_bring_a_member_back(chat: Any, ben: Person) -> None:
    await chat.stand(ben, None, version=3)
    await chat.stand(ben, "member", version=2)
    assert (await chat.say(ben, "back?"))["status"] == 404


async def test_an_empty_message_says_what_is_missing(chat: Any, anna: Person) -> None:
    refused = await chat.say(anna, "   \n ")
    assert refused["status"] == 422
    assert refused["errors"][0]["pointer"] == "/body"


async def test_a_character_that_cannot_be_kept_is_refused_everywhere(chat: Any, anna: Person) -> None:
    refused = await chat.say(anna, "nothing\x00here")
    assert (refused["status"], refused["errors"][0]["pointer"]) == (422, "/body")
    hidden = await anna.http.get("rooms/a%00b/messages")
    assert hidden.status_code in {404, 422}, "no room, or no text that could name one"


async def test_a_message_over_the_bound_is_refused_with_a_pointer(chat: Any, anna: Person) -> None:
    refused = await chat.say(anna, "x" * 8_001)
    assert refused["status"] == 422
    assert refused["errors"][0]["pointer"] == "/body"
    assert await chat.history(anna) == []


async def test_a_flood_of_posts_is_asked_to_wait(chat: Any, anna: Person, ben: Person) -> None:
    few = Rate(2, per=600)
    chat.hub.ports.settle(WriteRates, WriteRates(sends=few, posts=few, changes=few))
    answers = [await chat.say(anna, f"{n}") for n in range(3)]
    assert [answer["status"] for answer in answers] == [201, 201, 429]
    assert answers[-1]["code"] == "too_many"
    assert (await chat.say(ben, "others may"))["status"] == 201
