"""Rooms: one per club, one talk per pair, exact unread counts."""

import asyncio
from typing import Any

from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_talk


async def rooms(person: Person) -> list[dict[str, Any]]:
    response = await person.http.get("rooms")
    assert response.status_code == 200, response.text
    return response.json()["data"]  # type: ignore[no-any-return]


async def test_a_club_brings_its_room_with_name_and_hue(chat: Any, anna: Person, ben: Person) -> None:
    [room] = await rooms(anna)
    assert (room["title"], room["hue"], room["members"], room["unread"]) == ("Riverside FC", 152, 2, 0)


async def test_unread_counts_what_others_wrote_since(chat: Any, anna: Person, ben: Person) -> None:
    for body in ("one", "two", "three"):
        await chat.say(anna, body)
    assert (await rooms(ben))[0]["unread"] == 3
    assert (await rooms(anna))[0]["unread"] == 0
    assert (await rooms(ben))[0]["last"]["preview"] == "three"


async def test_the_read_pointer_moves_forward_only(chat: Any, anna: Person, ben: Person) -> None:
    for body in ("one", "two", "three"):
        await chat.say(anna, body)
    await ben.http.put(f"rooms/{chat.room}/read", json={"seq": 3})
    response = await ben.http.put(f"rooms/{chat.room}/read", json={"seq": 1})
    assert response.json() == {"room": chat.room, "read_seq": 3, "unread": 0, "mentions": 0}


async def test_nobody_reads_beyond_what_was_written(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, "one")
    await ben.http.put(f"rooms/{chat.room}/read", json={"seq": 500})
    await chat.say(anna, "two")
    assert (await rooms(ben))[0]["unread"] == 1


async def test_a_late_joiner_starts_with_nothing_unread(chat: Any, anna: Person) -> None:
    await chat.say(anna, "before")
    late = await chat.member("Lena")
    assert (await rooms(late))[0]["unread"] == 0


async def test_two_members_have_one_direct_talk_whoever_opens_it(chat: Any, anna: Person, ben: Person) -> None:
    hers, his = await asyncio.gather(
        anna.http.post("rooms/direct", json={"member_id": ben.id}),
        ben.http.post("rooms/direct", json={"member_id": anna.id}),
    )
    assert hers.json()["id"] == his.json()["id"]
    assert (hers.json()["title"], his.json()["title"]) == ("Ben Okafor", "Anna Berg")


async def test_a_direct_talk_needs_somebody_else_who_exists(chat: Any, anna: Person) -> None:
    alone = await anna.http.post("rooms/direct", json={"member_id": anna.id})
    assert alone.json()["code"] == "talking_to_yourself"
    nobody = await anna.http.post("rooms/direct", json={"member_id": new_id()})
    assert nobody.json()["code"] == "nobody_there"


async def test_a_third_member_does_not_see_the_talk(chat: Any, anna: Person, ben: Person) -> None:
    talk = await a_talk(anna, ben)
    third = await chat.member("Cleo")
    assert talk not in {room["id"] for room in await rooms(third)}
    assert (await third.http.get(f"rooms/{talk}")).json()["code"] == "room_not_found"


async def test_the_list_costs_the_same_queries_for_one_room_and_for_ten(
    chat: Any, anna: Person, statements: Any
) -> None:
    await rooms(anna)
    with statements() as few:
        await rooms(anna)
    for number in range(9):
        other = await chat.member(f"Member {number}")
        await a_talk(anna, other)
    with statements() as many:
        assert len(await rooms(anna)) == 10
    assert len(many) == len(few)
