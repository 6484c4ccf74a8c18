"""Every way into a room, from outside of it: the same answer as if the room were not there.

The ways are taken from what the service declares, so that a new one is asked here too, or fails for want of a payload.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from chat_service.module import MODULE
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_room, code, say


def socket_asks(room: str, target: str) -> dict[str, dict[str, Any]]:
    write = {"room": room, "client_id": new_id()}
    change = {**write, "target": target}
    return {
        "message.send": {**write, "body": "hello"},
        "message.edit": {**change, "body": "hello"},
        "message.delete": change,
        "message.react": {**change, "emoji": "👍"},
        "message.pin": change,
        "poll.ask": {**write, "question": "Who?", "options": ["I", "You"]},
        "poll.vote": {**change, "options": [0]},
        "poll.close": change,
        "room.gap": {"room": room, "epoch": 1, "after": 0},
        "room.read": {"room": room, "seq": 1},
        "room.receipts": {"room": room},
        "room.join": {"room": room},
        "room.leave": {"room": room},
        "room.level": {"room": room, "level": "all"},
        "presence.here": {"room": room},
        "typing": {"room": room},
    }


def http_asks(member: str, message: str) -> dict[str, Any]:
    """The bodies of those that have one, by method and path."""
    why = {"reason": "A good reason"}
    return {
        "PUT /rooms/{room_id}/read": {"seq": 1},
        "PATCH /rooms/{room_id}": {"topic": "mine"},
        "POST /rooms/{room_id}/members": {"members": [member]},
        "PUT /rooms/{room_id}/members/{member_id}/role": {"role": "owner"},
        "PUT /rooms/{room_id}/level": {"level": "all"},
        "POST /rooms/{room_id}/reports": {"message_id": message, "reason": "spam"},
        "PUT /rooms/{room_id}/slow-mode": {"seconds": 5},
        "PUT /rooms/{room_id}/members/{member_id}/silence": why,
        "POST /rooms/{room_id}/members/{member_id}/unsilence": why,
        "PUT /rooms/{room_id}/members/{member_id}/bar": why,
        "POST /rooms/{room_id}/members/{member_id}/unbar": why,
        "POST /rooms/{room_id}/hooks": {"name": "Mine"},
        "PUT /rooms/{room_id}/retention": {"days": 1},
        "POST /rooms/{room_id}/messages": {"client_id": new_id(), "body": "hello"},
        "PUT /rooms/{room_id}/draft": {"body": "hello"},
    }


def ways() -> Iterator[tuple[str, str]]:
    """(method, path) of every route that names a room."""
    for router in MODULE.routers:
        for route in router.routes:
            path = str(getattr(route, "path", ""))
            if "{room_id}" in path and "attachments" not in path:
                for method in sorted(getattr(route, "methods", ())):
                    yield method, path


@pytest.fixture(params=["never in", "left", "barred", "admin of the club"])
async def outside(request: pytest.FixtureRequest, chat: Any, anna: Person, ben: Person) -> tuple[str, str]:
    """(room, message) of Anna's that Ben is not in."""
    room = await a_room(chat, anna, *([] if request.param == "never in" else [ben]), kind="private")
    message = await say(anna, room, "between us")
    if request.param == "left":
        await ben.http.post(f"rooms/{room}/leave")
    elif request.param != "never in":
        await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json={"reason": "Keeps shouting"})
    if request.param == "admin of the club":
        await chat.stand(ben, "admin", version=2)
    return room, message["id"]


async def test_no_socket_event_says_or_does_anything(
    chat: Any, anna: Person, ben: Person, outside: tuple[str, str]
) -> None:
    asks = socket_asks(*outside)
    declared = {
        event for domain in MODULE.sockets for event, answer in domain.answers.items()
        if "room" in answer.payload.model_fields
    }  # fmt: skip
    assert declared == set(asks)
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        for event, ask in asks.items():
            ack = await his.call(event, ask)
            assert ack.get("problem", {}).get("code") == "room_not_found", event
        assert (await his.call("heartbeat", {"rooms": [outside[0]]}))["heads"] == {}


async def test_no_route_says_or_does_anything(chat: Any, anna: Person, ben: Person, outside: tuple[str, str]) -> None:
    room, message = outside
    keeps = (
        await code(await ben.http.get(f"rooms/{room}/audit")) == ""
    )  # a club's admin keeps the room, and reads nothing
    read_by_keepers = {"members", "audit", "hooks", "barred"}
    bodies = http_asks(anna.id, message)
    for method, path in ways():
        if keeps and (method != "GET" or path.rpartition("/")[2] in read_by_keepers):
            continue
        address = path.removeprefix("/").replace("{room_id}", room).replace("{member_id}", anna.id)
        address = re.sub(r"\{message_id\}", message, address)
        address = re.sub(r"\{\w+\}", new_id(), address)
        query = {"epoch": 1, "after": 0} if address.endswith("/events") else {}
        response = await ben.http.request(method, address, json=bodies.get(f"{method} {path}"), params=query)
        assert await code(response) == "room_not_found", f"{method} {path}: {response.text}"


async def test_nothing_came_of_it(chat: Any, anna: Person, outside: tuple[str, str]) -> None:
    room, _ = outside
    found = (await anna.http.get(f"rooms/{room}/messages")).json()
    assert [each["body"] for each in found["messages"]] == ["between us"]
