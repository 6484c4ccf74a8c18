"""A device is told of what calls its member, a little later, once for a burst, and not of what she sees herself."""

import base64
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from chat_service.messages import deleting
from chat_service.messages.schemas import DeleteMessage
from chat_service.pushes import delivering, store, telling
from chat_service.pushes.keys import VapidKey
from clubkit.ids import MessageId, RoomId, new_id
from clubkit.testing.hub import Person
from tests.chat_service.conftest import Chat
from tests.chat_service.places import a_talk, speak
from tests.chat_service.pushes.device import Device, PushService

WAIT = timedelta(seconds=30)


async def pass_by(chat: Chat, by: timedelta = WAIT) -> None:
    """Time, and what falls due in it."""
    chat.hub.clock.advance(by)
    while await chat.hub.run_jobs():
        pass


@pytest.fixture
async def phone(ben: Person, service: PushService) -> Device:
    device = service.device()
    assert (await ben.http.put("chat/push", json=device.wish())).status_code == 200
    return device


def outcomes(kind: str) -> float:
    return delivering.pushes.labels(kind)._value.get()


async def test_a_direct_message_that_is_not_read_is_told_after_a_little_while(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    room = await a_talk(anna, ben)
    await speak(chat, anna, "are you\ncoming?", room)
    await pass_by(chat, WAIT - timedelta(seconds=1))
    assert service.taken == []
    await pass_by(chat, timedelta(seconds=1))
    [push] = service.taken
    assert push.path == phone.path
    assert phone.read(push.body) == {
        "web_push": 8030,
        "notification": {
            "title": "Anna Berg",
            "body": "are you coming?",
            "navigate": f"{chat.hub.settings.base_url}/chat/{room}",
            "tag": f"room:{room}",
        },
        "app_badge": 1,
    }
    await pass_by(chat, timedelta(days=1))
    assert len(service.taken) == 1


async def test_the_push_service_is_told_who_sends_and_what_replaces_what(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    rooms = [await a_talk(anna, ben), str(chat.room)]
    await speak(chat, anna, "one", rooms[0])
    await speak(chat, anna, f"@{ben.handle} two", rooms[1])
    await pass_by(chat)
    await speak(chat, anna, "three", rooms[0])
    await pass_by(chat)
    heads = [each.headers for each in service.taken]
    assert {(head["ttl"], head["urgency"], head["content-encoding"]) for head in heads} == {
        ("86400", "high", "aes128gcm")
    }
    by_room = {phone.read(each.body)["notification"]["tag"]: set[str]() for each in service.taken}
    for each in service.taken:
        by_room[phone.read(each.body)["notification"]["tag"]].add(each.headers["topic"])
    assert [len(topics) for topics in by_room.values()] == [1, 1]
    assert len({head["topic"] for head in heads}) == 2
    assert all(len(head["topic"]) <= 32 for head in heads)
    scheme, _, rest = heads[0]["authorization"].partition(" ")
    token, key = (part.partition("=")[2] for part in rest.split(", "))
    assert (scheme, key) == ("vapid", (await ben.http.get("chat/push")).json()["key"])
    raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    unchecked: Any = {"verify_exp": False}
    claims = jwt.decode(token, public, algorithms=["ES256"], audience=f"http://{service.place}", options=unchecked)
    assert claims["sub"] == "mailto:hub@club.example"
    assert 0 < claims["exp"] - chat.hub.clock().timestamp() <= 24 * 3600


async def test_a_burst_is_told_of_once_by_its_newest(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    room = await a_talk(anna, ben)
    for body in ("one", "two", "three"):
        await speak(chat, anna, body, room)
        chat.hub.clock.advance(timedelta(seconds=5))
    await pass_by(chat)
    [push] = service.taken
    told = phone.read(push.body)
    assert (told["notification"]["body"], told["app_badge"]) == ("three", 3)


async def test_every_device_of_hers_is_told_and_nobody_elses(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    laptop, hers = service.device(), service.device()
    other = chat.hub.person(ben.id, ben.handle, ben.name)
    assert (await other.http.put("chat/push", json=laptop.wish())).status_code == 200
    assert (await anna.http.put("chat/push", json=hers.wish())).status_code == 200
    await speak(chat, anna, f"@{ben.handle} the bus leaves at nine")
    await pass_by(chat)
    assert sorted(each.path for each in service.taken) == sorted([phone.path, laptop.path])
    told = laptop.read(next(each.body for each in service.taken if each.path == laptop.path))
    assert told["notification"]["title"] == "Riverside FC"
    assert told["notification"]["body"] == f"Anna Berg: @{ben.handle} the bus leaves at nine"


async def test_what_was_read_or_deleted_or_said_to_all_is_not_told(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    read, gone = await a_talk(anna, ben), await speak(chat, anna, f"@{ben.handle} never mind")
    sent = await speak(chat, anna, "are you coming?", read)
    await speak(chat, anna, "hello everybody")
    assert (await ben.http.put(f"rooms/{read}/read", json={"seq": sent["seq"]})).status_code == 200
    wish = DeleteMessage(room=RoomId(chat.room), client_id=new_id(), target=MessageId(gone["id"]))
    async with chat.hub.works.open() as work:
        await deleting.delete_message(work, anna.caller, wish)
    await pass_by(chat)
    assert service.taken == []


async def test_her_level_in_the_room_decides(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    room = await a_talk(anna, ben)
    assert (await ben.http.put(f"rooms/{room}/level", json={"level": "none"})).status_code == 200
    assert (await ben.http.put(f"rooms/{chat.room}/level", json={"level": "all"})).status_code == 200
    await speak(chat, anna, "not told", room)
    await speak(chat, anna, "told")
    await pass_by(chat)
    assert [phone.read(each.body)["notification"]["body"] for each in service.taken] == ["Anna Berg: told"]


async def test_who_is_here_is_told_only_when_she_goes(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {ben.id}

    async def are_here(_work: object, members: Any) -> set[Any]:
        return here & set(members)

    monkeypatch.setattr(telling.presence, "are_here", are_here)
    await speak(chat, anna, "are you coming?", await a_talk(anna, ben))
    await pass_by(chat)
    assert service.taken == []
    here.clear()
    await pass_by(chat, telling.LOOK_AGAIN)
    assert len(service.taken) == 1
    here.add(ben.id)
    await speak(chat, anna, "hello?", await a_talk(anna, ben))
    for _ in range(40):
        await pass_by(chat, telling.LOOK_AGAIN)
    here.clear()
    await pass_by(chat, telling.LOOK_AGAIN)
    assert len(service.taken) == 1, "what lay before her for an hour is no news"


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
async def test_a_subscription_that_has_ended_is_forgotten(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device, status: str
) -> None:
    before = outcomes("gone")
    service.answers = [status]
    room = await a_talk(anna, ben)
    await speak(chat, anna, "one", room)
    await pass_by(chat)
    assert not (await ben.http.get("chat/push")).json()["on"]
    await speak(chat, anna, "two", room)
    await pass_by(chat)
    assert (len(service.taken), outcomes("gone") - before) == (1, 1)


async def test_a_push_service_that_is_busy_is_asked_again(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    before = outcomes("later"), outcomes("sent")
    service.answers = ["503 Service Unavailable", "429 Too Many Requests"]
    await speak(chat, anna, "one", await a_talk(anna, ben))
    await pass_by(chat)
    assert len(service.taken) == 1
    await pass_by(chat, timedelta(seconds=5))
    await pass_by(chat, timedelta(seconds=20))
    assert [phone.read(each.body)["notification"]["body"] for each in service.taken] == ["one"] * 3
    assert (outcomes("later") - before[0], outcomes("sent") - before[1]) == (2, 1)
    assert (await ben.http.get("chat/push")).json()["on"]


async def test_what_was_read_between_two_tries_is_told_no_more(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    service.answers = ["503 Service Unavailable"]
    room = await a_talk(anna, ben)
    sent = await speak(chat, anna, "one", room)
    await pass_by(chat)
    await ben.http.put(f"rooms/{room}/read", json={"seq": sent["seq"]})
    await pass_by(chat, timedelta(seconds=5))
    assert len(service.taken) == 1


async def test_a_refusal_is_counted_and_not_tried_again(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    before = outcomes("refused")
    service.answers = ["403 Forbidden"]
    await speak(chat, anna, "one", await a_talk(anna, ben))
    await pass_by(chat)
    await pass_by(chat, timedelta(seconds=30))
    assert (len(service.taken), outcomes("refused") - before) == (1, 1)
    assert (await ben.http.get("chat/push")).json()["on"]


async def test_a_device_where_the_app_was_not_opened_for_long_is_told_nothing(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "HEARD_OF", timedelta(hours=1))
    room = await a_talk(anna, ben)
    chat.hub.clock.advance(timedelta(hours=1))
    await speak(chat, anna, "one", room)
    await pass_by(chat)
    assert service.taken == []
    assert (await ben.http.put("chat/push", json=phone.wish())).status_code == 200
    await speak(chat, anna, "two", room)
    await pass_by(chat)
    assert len(service.taken) == 1


async def test_the_longest_push_stays_below_what_every_service_takes(
    chat: Chat, anna: Person, ben: Person, service: PushService, phone: Device
) -> None:
    await speak(chat, anna, '"\U0001f3c9' * 900, await a_talk(anna, ben))
    await pass_by(chat)
    [push] = service.taken
    assert len(push.body) < 3_000
    assert len(phone.read(push.body)["notification"]["body"]) == 140


async def test_nothing_is_noted_of_who_has_no_device(chat: Chat, anna: Person, ben: Person, statements: Any) -> None:
    room = await a_talk(anna, ben)
    with statements() as seen:
        await speak(chat, anna, "one", room)
    assert not [each for each in seen if "INSERT INTO chat_push" in each]
    await pass_by(chat)


def test_the_hub_has_one_key_for_as_long_as_it_has_one_secret() -> None:
    assert VapidKey(b"a").public == VapidKey(b"a").public != VapidKey(b"b").public
    assert len(VapidKey(b"a").public) == 87
