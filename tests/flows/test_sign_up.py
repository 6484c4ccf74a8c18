"""A stranger becomes a member, and a thief of her cookie gets nobody anywhere: the whole way through the hub."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from auth_service.accounts.admin import create_member
from auth_service.module import MODULE as AUTH
from chat_service.module import MODULE as CHAT


@pytest.fixture
async def hub(make_hub: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("HUB_AUTH_ARGON2_MEMORY_KIB", "8")
    return await make_hub(AUTH, CHAT, own_tokens=False)


async def opened_link(http: Any) -> str:
    """What the member clicks in the newest mail."""
    [newest, *_] = (await http.get("dev/mail")).json()["data"]
    text = (await http.get(f"dev/mail/{newest['id']}")).json()["text"]
    found = re.search(r"/verify\?token=([\w-]+)", text)
    assert found
    return found[1]


async def renewed(http: Any, cookies: dict[str, str] | None = None) -> Any:
    """The app's silent refresh; or a thief's, with the cookies he copied."""
    jar = cookies or dict(http.cookies)
    header = "; ".join(f"{name}={value}" for name, value in jar.items())
    http.cookies.clear()
    return await http.post("auth/refresh", headers={"Cookie": header, "X-CSRF-Token": jar["csrf"]})


async def test_from_the_form_to_a_member_and_from_a_stolen_cookie_to_nowhere(hub: Any) -> None:
    http = hub.http()
    form = {"name": "Anna Berg", "email": "anna@example.org", "password": "correct horse battery"}
    assert (await http.post("auth/register", json=form)).status_code == 202
    await hub.settle(jobs=True)

    signed_up = await http.post("auth/verify", json={"token": await opened_link(http)})
    assert signed_up.status_code == 200
    await hub.settle()

    laptop = hub.http()
    credentials = {"email": "anna@example.org", "password": "correct horse battery"}
    signed_in = await laptop.post("auth/sign-in", json=credentials)
    bearer = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}
    assert (await laptop.get("rooms", headers=bearer)).status_code == 200, "other services take the token"

    copied = dict(laptop.cookies)
    fresh = await renewed(laptop)
    assert fresh.status_code == 200
    hub.clock.advance(timedelta(seconds=30))

    assert (await renewed(hub.http(), copied)).status_code == 401
    assert (await renewed(laptop, {**copied, "hub_refresh": fresh.cookies["hub_refresh"]})).status_code == 401

    assert (await renewed(http)).status_code == 200, "her other device stays signed in"
    hub.clock.advance(timedelta(minutes=10))
    assert (await laptop.get("rooms", headers=bearer)).json()["code"] == "token_expired"


async def test_a_socket_is_closed_when_its_session_is_revoked_from_another_device(hub: Any) -> None:
    member_id = await create_member(hub.works, "anna@example.org", "Anna Berg", "correct horse battery")
    credentials = {"email": "anna@example.org", "password": "correct horse battery"}
    phone, laptop = [(await hub.http().post("auth/sign-in", json=credentials)).json()["access_token"] for _ in range(2)]
    ended = asyncio.Event()
    async with hub.listening() as url:
        person = replace(hub.person(member_id, "anna_berg", "Anna Berg"), token=phone)
        async with hub.socket(url, person) as socket:
            socket.on("disconnect", lambda *_: ended.set())
            assert (await hub.http(laptop).delete("auth/sessions")).status_code == 204
            await asyncio.wait_for(ended.wait(), 10)
            assert not socket.connected
