"""Registering: ask, open the link in the mail, be a member; nobody learns who is one already."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from auth_service.accounts.models import RegistrationRow, TicketRow
from clubkit.db.models import JobRow

CONFIRM = "Confirm your address"


async def test_the_link_in_the_mail_makes_a_member_who_is_signed_in(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    browser = door.browser()
    response = await browser.verify(await door.link("anna@example.org", CONFIRM))
    assert response.status_code == 200
    member = response.json()["member"]
    assert (member["name"], member["handle"], member["email"]) == ("Anna Berg", "anna_berg", "anna@example.org")
    assert member["is_admin"] is False
    assert response.json()["expires_in"] == 600
    me = await browser.get("auth/me")
    assert me.status_code == 200
    assert {key: me.json()[key] for key in member} == member


async def test_nobody_is_a_member_before_the_link_is_opened(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    assert await door.facts() == []
    await door.browser().verify(await door.link("anna@example.org", CONFIRM))
    assert await door.facts() == ["MemberRegistered.v1"]


async def test_a_link_works_once(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    token = await door.link("anna@example.org", CONFIRM)
    assert (await door.browser().verify(token)).status_code == 200
    again = await door.browser().verify(token)
    assert (again.status_code, again.json()["code"]) == (410, "link_spent")


@pytest.mark.parametrize(("age", "status"), [(timedelta(hours=23, minutes=59), 200), (timedelta(hours=24), 410)])
async def test_a_link_works_for_a_day(door: Any, age: timedelta, status: int) -> None:
    await door.register("Anna Berg", "anna@example.org")
    token = await door.link("anna@example.org", CONFIRM)
    door.hub.clock.advance(age)
    assert (await door.browser().verify(token)).status_code == status


async def test_neither_the_table_nor_a_job_holds_the_links_token(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    token = await door.link("anna@example.org", CONFIRM)
    async with door.hub.works.reading() as work:
        tickets = list(await work.session.scalars(select(TicketRow)))
        jobs = list(await work.session.scalars(select(JobRow)))
    assert len(tickets) == 1
    assert token not in tickets[0].digest
    assert jobs
    assert all(token not in str(job.arguments) + str(job.result) for job in jobs)


async def test_an_address_that_has_an_account_gets_the_same_answer_and_another_mail(door: Any, anna: Any) -> None:
    known = await door.register("Eve", "anna@example.org")
    unknown = await door.register("Eve", "nobody@example.org")
    assert known.status_code == unknown.status_code == 202
    assert known.content == unknown.content
    assert differing_headers(known, unknown) == set()
    assert (await door.letters("anna@example.org"))[0]["Subject"] == "You already have an account"
    assert (await door.letters("nobody@example.org"))[0]["Subject"] == CONFIRM


def differing_headers(one: Any, other: Any) -> set[str]:
    per_request = {"x-request-id", "x-now", "date"}
    return {
        name
        for name in {*one.headers, *other.headers} - per_request
        if one.headers.get_list(name) != other.headers.get_list(name)
    }


async def test_an_existing_account_is_not_touched_by_another_registration(door: Any, anna: Any) -> None:
    await door.register("Eve", "anna@example.org", "eves own password")
    assert (await door.browser().sign_in("anna@example.org")).status_code == 200
    assert (await door.browser().sign_in("anna@example.org", "eves own password")).status_code == 401


async def test_each_link_opens_the_account_of_its_own_form(door: Any) -> None:
    """A stranger's password never ends up under an address that its owner verified with her own link."""
    await door.register("Anna Berg", "anna@example.org", "annas own password")
    hers = await door.link("anna@example.org", CONFIRM)
    await door.register("Mallory", "anna@example.org", "mallorys password")
    response = await door.browser().verify(hers)
    assert response.json()["member"]["name"] == "Anna Berg"
    assert (await door.browser().sign_in("anna@example.org", "mallorys password")).status_code == 401
    assert (await door.browser().sign_in("anna@example.org", "annas own password")).status_code == 200


async def test_the_links_of_other_forms_are_void_once_one_was_opened(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    first = await door.link("anna@example.org", CONFIRM)
    await door.register("Anna B.", "anna@example.org")
    await door.browser().verify(await door.link("anna@example.org", CONFIRM))
    assert (await door.browser().verify(first)).status_code == 410
    async with door.hub.works.reading() as work:
        assert list(await work.session.scalars(select(RegistrationRow))) == [], "nor is any password kept of them"


async def test_a_stranger_cannot_have_his_words_mailed_to_anybody(door: Any) -> None:
    await door.register("Win a prize at evil.example", "victim@example.org")
    [message] = await door.letters("victim@example.org")
    assert "evil.example" not in message.as_string()


async def test_spellings_of_one_address_are_one_account(door: Any, anna: Any) -> None:
    assert (await door.browser().sign_in("  Anna@Example.ORG ")).status_code == 200


@pytest.mark.parametrize(
    "email", ["", "anna", "anna@", "@example.org", "anna@localhost", "a b@example.org", "anna@example.org\nBcc: x@y.z",
              "anna@exa_mple.org", "änna@example.org", "a" * 65 + "@example.org", "a@" + "b" * 260 + ".org"],
)  # fmt: skip
async def test_what_is_no_address_is_refused_with_a_pointer(door: Any, email: str) -> None:
    response = await door.register("Anna", email)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/email"


@pytest.mark.parametrize("name", ["", "   ", "A" * 81, "Anna\nBerg", "Anna\u202eBerg", "Anna\x00"])
async def test_a_name_is_one_short_line(door: Any, name: str) -> None:
    response = await door.register(name, "anna@example.org")
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/name"


async def test_a_wished_handle_is_given(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org", handle="bergziege")
    response = await door.browser().verify(await door.link("anna@example.org", CONFIRM))
    assert response.json()["member"]["handle"] == "bergziege"


@pytest.mark.parametrize("handle", ["anna_berg", "admin"])
async def test_a_taken_or_reserved_handle_is_refused(door: Any, anna: Any, handle: str) -> None:
    response = await door.register("Ann", "ann@example.org", handle=handle)
    assert (response.status_code, response.json()["code"]) == (409, "handle_taken")
    assert await door.letters("ann@example.org") == []


async def test_the_answer_about_a_handle_does_not_depend_on_the_address(door: Any, anna: Any) -> None:
    known = await door.register("Ann", "anna@example.org", handle="anna_berg")
    unknown = await door.register("Ann", "nobody@example.org", handle="anna_berg")
    assert known.status_code == unknown.status_code == 409
    assert known.json()["detail"] == unknown.json()["detail"]


async def test_of_two_with_one_name_the_second_gets_a_number(door: Any, anna: Any) -> None:
    second = await door.member("Anna Berg", "other@example.org")
    assert (await second.get("auth/me")).json()["handle"] == "anna_berg2"


async def test_a_wish_that_was_taken_while_waiting_gets_a_number(door: Any) -> None:
    await door.register("One", "one@example.org", handle="runner")
    await door.register("Two", "two@example.org", handle="runner")
    handles = []
    for email in ("one@example.org", "two@example.org"):
        response = await door.browser().verify(await door.link(email, CONFIRM))
        handles.append(response.json()["member"]["handle"])
    assert handles == ["runner", "runner2"]


async def test_before_the_link_only_the_right_password_learns_that_it_is_missing(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    wrong = await door.browser().sign_in("anna@example.org", "not the password")
    right = await door.browser().sign_in("anna@example.org")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_credentials")
    assert (right.status_code, right.json()["code"]) == (403, "not_verified")


async def test_an_unverified_sign_in_sends_the_link_again(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    door.hub.clock.advance(timedelta(days=2))
    await door.browser().sign_in("anna@example.org")
    await door.hub.settle(jobs=True)
    assert len(await door.letters("anna@example.org")) == 2
    tokens = {await door.link("anna@example.org", CONFIRM)}
    assert (await door.browser().verify(tokens.pop())).status_code == 200


async def test_a_link_that_is_noise_is_spent(door: Any) -> None:
    assert (await door.browser().verify("x" * 43)).status_code == 410
    assert (await door.browser().verify("short")).status_code == 422
