"""Rooms for tests, as members make them and speak in them."""

from typing import Any

from clubkit.ids import new_id
from clubkit.testing.hub import Person


async def a_room(chat: Any, owner: Person, *others: Person, kind: str = "public", title: str = "Away days") -> str:
    body = {"kind": kind, "members": [other.id for other in others]}
    if kind != "group":
        body |= {"club_id": chat.club_id, "title": title}
    response = await owner.http.post("rooms", json=body)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def a_talk(one: Person, other: Person) -> str:
    response = await one.http.post("rooms/direct", json={"member_id": other.id})
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def say(person: Person, room: str, body: str, client_id: str = "", **more: Any) -> dict[str, Any]:
    wish = {"client_id": client_id or new_id(), "body": body, **more}
    response = await person.http.post(f"rooms/{room}/messages", json=wish)
    return {"status": response.status_code, **response.json()}


async def speak(chat: Any, person: Person, body: str, room: str = "") -> dict[str, Any]:
    """Says it, in the club's room where no other is named, and lets all who read the log hear of it."""
    message = await say(person, room or chat.room, body)
    assert message["status"] == 201, message
    await chat.hub.settle()
    return message


async def messages(person: Person, room: str) -> list[dict[str, Any]]:
    response = await person.http.get(f"rooms/{room}/messages")
    assert response.status_code == 200, response.text
    return response.json()["messages"]  # type: ignore[no-any-return]


async def said(person: Person, room: str) -> list[str]:
    return [message["body"] for message in await messages(person, room)]


async def notices(person: Person, room: str) -> list[tuple[str, dict[str, Any]]]:
    """What the room said of itself, in order."""
    response = await person.http.get(f"rooms/{room}/events", params={"epoch": 1, "after": 0})
    assert response.status_code == 200, response.text
    return [(each["what"], each["subject"]) for each in response.json()["events"] if each["kind"] == "notice"]


async def titles(person: Person) -> set[str]:
    return {room["title"] for room in (await person.http.get("rooms")).json()["data"]}


async def code(response: Any) -> str:
    """The problem's code; empty when there is none."""
    return "" if response.is_success else str(response.json()["code"])
