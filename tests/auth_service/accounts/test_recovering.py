"""A new password: by mail for who forgot it, with the old one for who did not."""

from datetime import timedelta
from typing import Any

import pytest

RESET = "Choose a new password"
NEW = "another good phrase"


async def forgot(door: Any, email: str) -> Any:
    response = await door.browser().post("auth/password/forgot", {"email": email})
    await door.hub.settle(jobs=True)
    return response


async def reset(door: Any, token: str, password: str = NEW) -> Any:
    response = await door.browser().post("auth/password/reset", {"token": token, "password": password})
    await door.hub.settle(jobs=True)
    return response


async def test_the_link_in_the_mail_sets_a_new_password(door: Any, anna: Any) -> None:
    await forgot(door, "anna@example.org")
    assert (await reset(door, await door.link("anna@example.org", RESET))).status_code == 204
    assert (await door.browser().sign_in("anna@example.org")).status_code == 401
    assert (await door.browser().sign_in("anna@example.org", NEW)).status_code == 200


async def test_asking_answers_the_same_for_any_address(door: Any, anna: Any) -> None:
    await door.register("Waiting", "waiting@example.org")
    answers = [await forgot(door, f"{who}@example.org") for who in ("anna", "waiting", "nobody")]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert await door.letters("nobody@example.org") == []


async def test_who_never_confirmed_gets_the_confirming_link_again(door: Any) -> None:
    await door.register("Waiting", "waiting@example.org")
    await forgot(door, "waiting@example.org")
    assert [m["Subject"] for m in await door.letters("waiting@example.org")] == ["Confirm your address"] * 2


async def test_a_reset_signs_every_device_out(door: Any, anna: Any) -> None:
    phone = door.browser()
    await phone.sign_in("anna@example.org")
    await forgot(door, "anna@example.org")
    await reset(door, await door.link("anna@example.org", RESET))
    assert (await door.facts()).count("MemberSignedOut.v1") == 2, "at once, not when they next ask"
    for browser in (anna, phone):
        assert (await browser.refresh()).status_code == 401


async def test_a_reset_link_works_once_and_for_an_hour(door: Any, anna: Any) -> None:
    await forgot(door, "anna@example.org")
    token = await door.link("anna@example.org", RESET)
    assert (await reset(door, token)).status_code == 204
    assert (await reset(door, token, "a third good phrase")).status_code == 410
    await forgot(door, "anna@example.org")
    late = await door.link("anna@example.org", RESET)
    door.hub.clock.advance(timedelta(hours=1))
    assert (await reset(door, late)).status_code == 410


async def test_a_new_password_voids_the_links_that_were_asked_for_before(door: Any, anna: Any) -> None:
    await forgot(door, "anna@example.org")
    first = await door.link("anna@example.org", RESET)
    await forgot(door, "anna@example.org")
    second = await door.link("anna@example.org", RESET)
    assert second != first
    assert (await reset(door, second)).status_code == 204
    assert (await reset(door, first)).status_code == 410


async def test_a_refused_password_does_not_use_the_link_up(door: Any, anna: Any) -> None:
    await forgot(door, "anna@example.org")
    token = await door.link("anna@example.org", RESET)
    refused = await reset(door, token, "password123")
    assert (refused.status_code, refused.json()["code"]) == (422, "password_refused")
    assert (await reset(door, token)).status_code == 204


async def test_a_confirming_link_resets_nothing(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    token = await door.link("anna@example.org", "Confirm your address")
    assert (await reset(door, token)).status_code == 410
    assert (await door.browser().verify(token)).status_code == 200


async def test_the_owner_is_told_of_a_new_password(door: Any, anna: Any) -> None:
    await forgot(door, "anna@example.org")
    await reset(door, await door.link("anna@example.org", RESET))
    assert "Your password was changed" in {m["Subject"] for m in await door.letters("anna@example.org")}


async def change(browser: Any, current: str, new: str = NEW) -> Any:
    return await browser.post("auth/password/change", {"current": current, "new": new})


async def test_a_change_keeps_this_device_and_signs_the_others_out(door: Any, anna: Any) -> None:
    phone = door.browser()
    await phone.sign_in("anna@example.org")
    assert (await change(anna, "correct horse battery")).status_code == 204
    assert (await anna.refresh()).status_code == 200
    assert (await phone.refresh()).status_code == 401
    assert (await door.browser().sign_in("anna@example.org", NEW)).status_code == 200


async def test_a_change_needs_the_present_password(door: Any, anna: Any) -> None:
    refused = await change(anna, "something else entirely")
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong_password")
    assert (await door.browser().sign_in("anna@example.org")).status_code == 200


@pytest.mark.parametrize("new", ["too short", "a" * 129])
async def test_the_new_password_has_its_length(anna: Any, new: str) -> None:
    refused = await change(anna, "correct horse battery", new)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/new"


async def test_a_weak_new_password_is_pointed_at(anna: Any) -> None:
    refused = await change(anna, "correct horse battery", "anna@example.org")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/new")


async def test_a_token_that_outlived_its_session_changes_nothing(door: Any, anna: Any) -> None:
    await anna.sign_out()
    refused = await change(anna, "correct horse battery")
    assert (refused.status_code, refused.json()["code"]) == (401, "session_over")
