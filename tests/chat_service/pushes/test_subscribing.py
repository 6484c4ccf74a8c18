"""Who wants to be told on a device says so, for that device and session alone, and only by a push service we know."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from chat_service.pushes import subscribing
from chat_service.pushes.errors import StrangePushService
from chat_service.pushes.models import PushDeviceRow
from chat_service.pushes.store import PushStore
from chat_service.settings import PushRules, push_rules
from clubkit.contracts.auth import MemberDeleted, MemberSignedOut
from clubkit.ids import new_id
from clubkit.settings import Settings
from clubkit.testing.hub import Person
from tests.chat_service.conftest import Chat
from tests.chat_service.pushes.device import Device, PushService, base64url

PAUSE = timedelta(minutes=1)


async def subscribe(who: Person, device: Device) -> None:
    answer = await who.http.put("chat/push", json=device.wish())
    assert answer.status_code == 200, answer.text
    assert answer.json()["on"]


async def is_on(who: Person) -> bool:
    return bool((await who.http.get("chat/push")).json()["on"])


async def devices(chat: Chat) -> int:
    async with chat.hub.works.reading() as work:
        return await work.session.scalar(select(func.count()).select_from(PushDeviceRow)) or 0


def again(chat: Chat, who: Person) -> Person:
    """The same member in another browser."""
    return chat.hub.person(who.id, who.handle, who.name)


async def test_a_device_is_switched_on_and_off(chat: Chat, anna: Person, service: PushService) -> None:
    assert not await is_on(anna)
    await subscribe(anna, service.device())
    assert await is_on(anna)
    assert not await is_on(again(chat, anna)), "another browser of hers was not asked"
    assert (await anna.http.delete("chat/push")).status_code == 204
    assert not await is_on(anna)


async def test_a_session_has_one_subscription_and_a_browser_one_member(
    chat: Chat, anna: Person, ben: Person, service: PushService
) -> None:
    await subscribe(anna, service.device())
    newer = service.device()
    await subscribe(anna, newer)
    assert await devices(chat) == 1
    await subscribe(ben, newer)
    assert (await is_on(anna), await is_on(ben), await devices(chat)) == (False, True, 1)


async def test_a_member_has_so_many_devices_and_the_oldest_gives_way(
    chat: Chat, anna: Person, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribing, "MOST_DEVICES", 2)
    people = [anna, again(chat, anna), again(chat, anna)]
    for each in people:
        chat.hub.clock.advance(PAUSE)
        await subscribe(each, service.device())
    assert [await is_on(each) for each in people] == [False, True, True]


async def test_who_signs_out_is_told_no_more_there(chat: Chat, anna: Person, service: PushService) -> None:
    other = again(chat, anna)
    await subscribe(anna, service.device())
    await subscribe(other, service.device())
    await chat.hub.publish(MemberSignedOut(member_id=anna.id, session_id=anna.caller.session_id))
    await chat.hub.settle()
    assert (await is_on(anna), await is_on(other)) == (False, True)
    await chat.hub.publish(MemberDeleted(member_id=anna.id))
    await chat.hub.settle()
    assert await devices(chat) == 0


async def test_a_browser_moves_its_subscription_by_the_secret_of_the_old_one(
    chat: Chat, anna: Person, service: PushService
) -> None:
    old, new = service.device(), service.device()
    await subscribe(anna, old)
    stranger = chat.hub.http()
    for secret, status in ((base64url(b"x" * 16), 404), (base64url(old.auth), 204), (base64url(old.auth), 404)):
        body = {"old": old.endpoint, "auth": secret, "now": new.wish()}
        assert (await stranger.post("chat/push/moved", json=body)).status_code == status
    async with chat.hub.works.reading() as work:
        row = await PushStore(work).device(anna.caller.session_id)
    assert row is not None
    assert (row.member_id, row.endpoint, row.auth) == (anna.id, new.endpoint, new.auth)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:123",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuI",
        "https://wns2-par02p.notify.windows.com/w/?token=BQ",
        "https://push.club.example/abc",
    ],
)
def test_push_services_of_browsers_and_those_of_the_settings_are_known(endpoint: str) -> None:
    rules = PushRules(hosts=frozenset({"push.club.example"}))
    assert subscribing.known_endpoint(endpoint, rules) == endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://me@fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/abc",
        "https://evilfcm.googleapis.com/abc",
        "https://fcm.googleapis.com@evil.example/abc",
        "https://127.0.0.1/abc",
        "http://127.0.0.1:9999/abc",
        "https://localhost/abc",
        "https://evil.example/fcm.googleapis.com",
        "https://[::1",
        "fcm.googleapis.com/abc",
        "file:///etc/passwd",
    ],
)
async def test_no_other_host_is_ever_written_to(chat: Chat, anna: Person, service: PushService, endpoint: str) -> None:
    answer = await anna.http.put("chat/push", json=service.device().wish(endpoint=endpoint))
    assert (answer.status_code, answer.json()["code"]) == (422, "strange_push_service")
    with pytest.raises(StrangePushService):
        subscribing.known_endpoint(endpoint, PushRules())
    assert await devices(chat) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"p256dh": base64url(b"\4" + b"\0" * 64)},
        {"p256dh": base64url(b"\4" + b"\1" * 40)},
        {"auth": base64url(b"x" * 15)},
        {"auth": base64url(b"x" * 17)},
    ],
)
async def test_keys_that_are_none_are_refused(anna: Person, service: PushService, changed: Any) -> None:
    answer = await anna.http.put("chat/push", json=service.device().wish(**changed))
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_push_keys")


async def test_it_takes_a_sign_in(chat: Chat, service: PushService) -> None:
    stranger = chat.hub.http()
    assert (await stranger.get("chat/push")).status_code == 401
    assert (await stranger.put("chat/push", json=service.device().wish())).status_code == 401


def test_production_trusts_no_push_service_of_its_own_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_CHAT_PUSH_TARGET_TRUSTED_FOR_TESTS", "127.0.0.1:9")
    assert push_rules(Settings.load(environment="test")).trusted == "127.0.0.1:9"
    with pytest.raises(ValueError, match="for tests"):
        push_rules(Settings.load(environment="production", secret_key=new_id()))


def test_the_settings_say_whom_a_push_service_turns_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_CHAT_PUSH_HOSTS", "push.club.example, Other.example")
    rules = push_rules(Settings.load(mail_from="Hub <hub@club.example>"))
    assert (rules.contact, rules.hosts) == ("mailto:hub@club.example", {"push.club.example", "other.example"})
    assert push_rules(Settings.load(public_url="https://hub.example/")).contact == "https://hub.example"
