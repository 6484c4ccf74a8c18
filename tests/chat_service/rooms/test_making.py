"""Rooms of a club, groups, and who may open, name and close them."""

import asyncio
from typing import Any

from clubkit.ids import new_id
from clubkit.testing.hub import Person


async def make(chat: Any, person: Person, kind: str = "public", **more: Any) -> dict[str, Any]:
    club = {} if kind == "group" else {"club_id": chat.club_id}
    body = {"kind": kind, **club, **({"title": "Away days"} if kind != "group" else {}), **more}
    response = await person.http.post("rooms", json=body)
    return {"status": response.status_code, **response.json()}


async def titles(person: Person) -> set[str]:
    return {room["title"] for room in (await person.http.get("rooms")).json()["data"]}


async def test_a_member_opens_a_room_and_owns_it(chat: Any, anna: Person) -> None:
    room = await make(chat, anna, topic="Who drives?")
    assert (room["status"], room["title"], room["topic"], room["role"]) == (201, "Away days", "Who drives?", "owner")
    assert room["members"] == 1


async def test_a_repeated_request_makes_one_room(chat: Any, anna: Person) -> None:
    body = {"kind": "public", "club_id": chat.club_id, "title": "Away days"}
    key = {"Idempotency-Key": new_id()}
    first, second = [(await anna.http.post("rooms", json=body, headers=key)).json()["id"] for _ in range(2)]
    assert first == second


async def test_two_open_rooms_of_a_club_never_share_a_name(chat: Any, anna: Person, ben: Person) -> None:
    await make(chat, anna)
    assert (await make(chat, ben, title="AWAY days"))["code"] == "title_taken"


async def test_only_members_of_the_club_open_its_rooms(chat: Any, anna: Person) -> None:
    stranger = await chat.hub.member("Zed")
    assert (await make(chat, stranger))["code"] == "not_in_club"


async def test_a_team_is_for_admins_to_make(chat: Any, anna: Person) -> None:
    assert (await make(chat, anna, "team"))["code"] == "not_your_room"
    await chat.stand(anna, "admin", version=2)
    assert (await make(chat, anna, "team"))["status"] == 201


async def test_everybody_of_the_club_finds_and_joins_a_public_room(chat: Any, anna: Person, ben: Person) -> None:
    room = await make(chat, anna)
    [found] = (await ben.http.get("rooms/open")).json()["data"]
    assert (found["id"], found["joined"], found["members"]) == (room["id"], False, 1)
    assert (await ben.http.post(f"rooms/{room['id']}/join")).status_code == 204
    assert "Away days" in await titles(ben)
    assert (await ben.http.post(f"rooms/{room['id']}/join")).status_code == 204


async def test_a_private_room_is_as_if_it_were_not_there(chat: Any, anna: Person, ben: Person) -> None:
    room = await make(chat, anna, "private")
    assert (await ben.http.get("rooms/open")).json()["data"] == []
    for way in ("join", "leave"):
        assert (await ben.http.post(f"rooms/{room['id']}/{way}")).json()["code"] == "room_not_found"
    assert (await ben.http.get(f"rooms/{room['id']}/members")).json()["code"] == "room_not_found"


async def test_who_is_asked_into_a_private_room_is_in_it(chat: Any, anna: Person, ben: Person) -> None:
    room = await make(chat, anna, "private", members=[ben.id])
    people = (await ben.http.get(f"rooms/{room['id']}/members")).json()["data"]
    assert [(mate["person"]["name"], mate["role"]) for mate in people] == [
        ("Anna Berg", "owner"),
        ("Ben Okafor", "member"),
    ]


async def test_nobody_from_outside_the_club_is_asked_in(chat: Any, anna: Person) -> None:
    stranger = await chat.hub.member("Zed")
    assert (await make(chat, anna, "private", members=[stranger.id]))["code"] == "not_of_the_club"
    assert "Away days" not in await titles(anna)


async def test_a_group_talks_across_clubs_under_the_names_of_its_members(chat: Any, anna: Person, ben: Person) -> None:
    cleo = await chat.member("Cleo Ng")
    room = await make(chat, anna, "group", members=[ben.id, cleo.id])
    assert (room["title"], room["level"]) == ("Ben Okafor, Cleo Ng", "all")
    renamed = await ben.http.patch(f"rooms/{room['id']}", json={"title": "Car 2"})
    assert renamed.status_code == 204
    assert "Car 2" in await titles(cleo)


async def test_a_group_needs_somebody_who_exists(chat: Any, anna: Person) -> None:
    assert (await make(chat, anna, "group"))["code"] == "nobody_there"
    assert (await make(chat, anna, "group", members=[new_id()]))["code"] == "nobody_there"


async def test_a_plain_member_renames_nothing(chat: Any, anna: Person, ben: Person) -> None:
    room = await make(chat, anna, members=[ben.id])
    refused = await ben.http.patch(f"rooms/{room['id']}", json={"topic": "mine now"})
    assert refused.json()["code"] == "not_your_room"


async def test_an_admin_of_the_club_keeps_every_room_of_it(chat: Any, anna: Person, ben: Person) -> None:
    room = await make(chat, anna, "private")
    await chat.stand(ben, "admin", version=2)
    listed = (await ben.http.get(f"rooms/of-club/{chat.club_id}")).json()["data"]
    assert {each["title"] for each in listed} == {"Riverside FC", "Away days"}
    assert (await ben.http.patch(f"rooms/{room['id']}", json={"archived": True})).status_code == 204
    assert (await ben.http.get(f"rooms/{room['id']}/messages")).json()["code"] == "room_not_found"


async def test_a_closed_room_frees_its_name(chat: Any, anna: Person) -> None:
    room = await make(chat, anna)
    await anna.http.patch(f"rooms/{room['id']}", json={"archived": True})
    again = await make(chat, anna)
    assert again["status"] == 201
    reopened = await anna.http.patch(f"rooms/{room['id']}", json={"archived": False})
    assert reopened.json()["code"] == "title_taken"


async def test_the_clubs_own_room_is_neither_renamed_nor_left(chat: Any, anna: Person) -> None:
    await chat.stand(anna, "owner", version=2)
    renamed = await anna.http.patch(f"rooms/{chat.room}", json={"title": "Mine"})
    assert renamed.json()["code"] == "not_for_this_kind_of_room"
    left = await anna.http.post(f"rooms/{chat.room}/leave")
    assert left.json()["code"] == "not_for_this_kind_of_room"


async def test_of_two_who_open_the_same_room_at_once_one_does(chat: Any, anna: Person, ben: Person) -> None:
    made = await asyncio.gather(make(chat, anna), make(chat, ben))
    assert sorted(each["status"] for each in made) == [201, 409]
    assert await titles(anna) | await titles(ben) == {"Riverside FC", "Away days"}
