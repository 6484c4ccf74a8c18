"""Signing in and out: one sentence for every wrong guess, cookies for the browser alone, the list of devices."""

from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from auth_service.accounts.admin import create_member
from auth_service.accounts.models import AccountRow
from auth_service.accounts.passwords import Passwords
from auth_service.cookies import own_origins
from auth_service.module import MODULE
from auth_service.sessions.service import MOST_SESSIONS
from clubkit.identity import TokenVerifier
from clubkit.settings import Settings

MINUTE = timedelta(minutes=1)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"


def set_cookies(response: Any) -> dict[str, str]:
    """name → attributes, in lower case."""
    lines = response.headers.get_list("set-cookie")
    return {line.partition("=")[0]: line.partition(";")[2].lower() for line in lines}


def differing_headers(one: Any, other: Any) -> set[str]:
    names = {*one.headers, *other.headers} - {"x-request-id", "x-now", "date"}
    return {name for name in names if one.headers.get_list(name) != other.headers.get_list(name)}


async def test_a_wrong_password_and_a_wrong_address_get_the_same_answer(door: Any, anna: Any) -> None:
    wrong_password = await door.browser().sign_in("anna@example.org", "not the password")
    wrong_address = await door.browser().sign_in("nobody@example.org", "not the password")
    assert wrong_password.status_code == wrong_address.status_code == 401
    bodies = [{**response.json(), "trace_id": ""} for response in (wrong_password, wrong_address)]
    assert bodies[0] == bodies[1]
    assert bodies[0]["code"] == "wrong_credentials"
    assert differing_headers(wrong_password, wrong_address) == set()


async def test_every_guess_is_hashed_whether_or_not_there_is_an_account(
    door: Any, anna: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    passwords = door.hub.port(Passwords)
    real = passwords._check
    monkeypatch.setattr(passwords, "_check", lambda stored, text: checked.append(stored) or real(stored, text))
    await door.browser().sign_in("anna@example.org", "not the password")
    await door.browser().sign_in("nobody@example.org", "not the password")
    assert len(checked) == 2
    assert checked[0].split("$")[:4] == checked[1].split("$")[:4]


async def test_the_renewing_cookie_is_out_of_reach_of_scripts(door: Any, anna: Any) -> None:
    cookies = set_cookies(await door.browser().sign_in("anna@example.org"))
    assert cookies.keys() == {"hub_refresh", "csrf"}
    for part in ("httponly", "samesite=lax", "path=/", "max-age=2592000"):
        assert part in cookies["hub_refresh"]
    assert "httponly" not in cookies["csrf"]
    assert "secure" not in cookies["hub_refresh"]
    assert "domain" not in cookies["hub_refresh"]


async def test_behind_https_the_cookies_are_secure_and_bound_to_the_host(make_hub: Any) -> None:
    hub = await make_hub(MODULE, own_tokens=False, public_url="https://hub.example.org")
    await create_member(hub.works, "anna@example.org", "Anna Berg", "correct horse battery")
    response = await hub.http().post(
        "auth/sign-in", json={"email": "anna@example.org", "password": "correct horse battery"}
    )
    cookies = set_cookies(response)
    assert cookies.keys() == {"__Host-hub_refresh", "csrf"}
    for part in ("secure", "httponly", "samesite=lax", "path=/"):
        assert part in cookies["__Host-hub_refresh"]
    assert "domain" not in cookies["__Host-hub_refresh"]
    assert "secure" in cookies["csrf"]


async def test_nothing_of_it_may_be_cached(door: Any, anna: Any) -> None:
    assert (await door.browser().sign_in("anna@example.org")).headers["cache-control"] == "no-store"


async def test_the_token_carries_the_member_and_is_taken_everywhere(door: Any, anna: Any) -> None:
    caller = await door.hub.port(TokenVerifier).verify(anna.token)
    assert (caller.name, caller.handle, caller.is_admin) == ("Anna Berg", "anna_berg", False)


async def test_signing_out_ends_the_session_and_takes_the_cookies_back(door: Any, anna: Any) -> None:
    kept = anna.refresh_cookie
    response = await anna.sign_out()
    assert response.status_code == 204
    assert anna.refresh_cookie == "" == anna.cookie("csrf")
    assert (await anna.refresh(kept)).status_code in {401, 403}
    assert (await door.facts())[-1] == "MemberSignedOut.v1"


async def test_signing_out_twice_is_signing_out(anna: Any) -> None:
    await anna.sign_out()
    assert (await anna.sign_out()).status_code == 204


async def test_another_site_cannot_sign_anybody_in_or_out(door: Any, anna: Any) -> None:
    form = {"email": "anna@example.org", "password": "correct horse battery"}
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        refused = await door.browser().post("auth/sign-in", form, **headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_refused")
        assert "set-cookie" not in refused.headers
        proof = {"X-CSRF-Token": anna.cookie("csrf"), **headers}
        assert (await anna.post("auth/sign-out", **proof)).status_code == 403
    assert (await anna.refresh()).status_code == 200


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://hub.test"])
async def test_the_apps_own_origin_may(door: Any, anna: Any, origin: str) -> None:
    form = {"email": "anna@example.org", "password": "correct horse battery"}
    assert (await door.browser().post("auth/sign-in", form, Origin=origin)).status_code == 200


async def test_the_development_servers_origin_is_ours_only_while_developing() -> None:
    assert "http://localhost:5173" in own_origins(Settings.load(environment="development"))
    assert own_origins(Settings.load(environment="production", public_url="https://hub.example.org")) == {
        "https://hub.example.org"
    }


async def test_devices_are_listed_last_used_first_with_the_asking_one_marked(door: Any, anna: Any) -> None:
    phone = door.browser(PHONE)
    door.hub.clock.advance(MINUTE)
    await phone.sign_in("anna@example.org")
    listed = (await anna.get("auth/sessions")).json()["data"]
    assert [(each["device"], each["current"]) for each in listed] == [
        ("Safari on iPhone", False), ("Firefox on Linux", True),
    ]  # fmt: skip
    assert listed[0]["ip_prefix"] == "127.0.0.0/24"


async def test_a_lost_device_can_be_signed_out(door: Any, anna: Any) -> None:
    phone = door.browser(PHONE)
    await phone.sign_in("anna@example.org")
    [lost] = [each["id"] for each in (await anna.get("auth/sessions")).json()["data"] if not each["current"]]
    assert (await anna.delete(f"auth/sessions/{lost}")).status_code == 204
    assert (await phone.refresh()).status_code == 401
    assert (await anna.delete(f"auth/sessions/{lost}")).status_code == 404
    assert len((await anna.get("auth/sessions")).json()["data"]) == 1


async def test_all_other_devices_can_be_signed_out_at_once(door: Any, anna: Any) -> None:
    phone, tablet = door.browser(PHONE), door.browser()
    for browser in (phone, tablet):
        await browser.sign_in("anna@example.org")
    assert (await anna.delete("auth/sessions")).status_code == 204
    assert [(await browser.refresh()).status_code for browser in (phone, tablet, anna)] == [401, 401, 200]


async def test_nobody_ends_anothers_session(door: Any, anna: Any) -> None:
    eve = await door.member("Eve", "eve@example.org")
    [hers] = [each["id"] for each in (await anna.get("auth/sessions")).json()["data"]]
    assert (await eve.delete(f"auth/sessions/{hers}")).status_code == 404
    assert (await anna.refresh()).status_code == 200


async def test_a_token_that_outlived_its_session_ends_no_other(door: Any, anna: Any) -> None:
    thief = door.browser()
    await thief.sign_in("anna@example.org")
    await anna.delete("auth/sessions")
    refused = await thief.delete("auth/sessions")
    assert (refused.status_code, refused.json()["code"]) == (401, "session_over")
    assert (await anna.refresh()).status_code == 200


async def test_one_device_too_many_signs_the_longest_unused_out(door: Any, anna: Any) -> None:
    for _ in range(MOST_SESSIONS):
        door.hub.clock.advance(MINUTE)
        await door.browser().sign_in("anna@example.org")
    assert (await anna.refresh()).status_code == 401


async def test_a_hash_of_older_parameters_is_made_anew_at_the_next_sign_in(door: Any, anna: Any) -> None:
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash("correct horse battery")
    async with door.hub.works.open() as work:
        await work.session.execute(update(AccountRow).values(password_hash=old))
    assert (await door.browser().sign_in("anna@example.org")).status_code == 200
    async with door.hub.works.reading() as work:
        row = await work.session.get(AccountRow, (await anna.get("auth/me")).json()["id"])
    assert "m=8,t=1" in row.password_hash
    assert (await door.browser().sign_in("anna@example.org")).status_code == 200
    assert (await anna.refresh()).status_code == 200, "the same password, so the same sessions"


async def test_without_a_token_there_is_no_me(door: Any) -> None:
    assert (await door.browser().get("auth/me")).status_code == 401
