"""Accounts an operator makes."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from auth_service.accounts.admin import NewMember, create_admin, create_member, create_members
from auth_service.accounts.errors import PasswordRefused
from auth_service.accounts.jobs import CLEAR_UP
from auth_service.accounts.models import AccountRow, RegistrationRow, TicketRow
from clubkit.contracts.social import ProfileChanged

PASSWORD = "correct horse battery"


async def test_the_first_admin_can_sign_in_at_once(door: Any) -> None:
    member_id = await create_admin(door.hub.works, " Anna@Example.org", "Anna Berg", PASSWORD)
    response = await door.browser().sign_in("anna@example.org")
    assert response.json()["member"] == {
        "id": member_id, "handle": "anna_berg", "name": "Anna Berg", "email": "anna@example.org", "is_admin": True,
    }  # fmt: skip
    assert await door.facts() == ["MemberRegistered.v1"]


async def test_a_member_who_becomes_admin_keeps_her_id_and_gets_the_new_password(door: Any, anna: Any) -> None:
    before = (await anna.get("auth/me")).json()
    member_id = await create_admin(door.hub.works, "anna@example.org", "Somebody", "another good phrase")
    assert member_id == before["id"]
    assert (await anna.refresh()).status_code == 401
    now = (await door.browser().sign_in("anna@example.org", "another good phrase")).json()["member"]
    assert (now["name"], now["handle"], now["is_admin"]) == ("Anna Berg", "anna_berg", True)
    assert (await door.facts()).count("MemberRegistered.v1") == 1


async def test_an_admin_needs_a_good_password_and_an_address(door: Any) -> None:
    with pytest.raises(PasswordRefused):
        await create_admin(door.hub.works, "anna@example.org", "Anna Berg", "password123")
    with pytest.raises(ValidationError):
        await create_admin(door.hub.works, "not an address", "Anna Berg", PASSWORD)


async def test_many_members_are_made_with_one_hash_and_twice_is_harmless(door: Any) -> None:
    people = [NewMember(f"p{n}@demo.example", "Kim Lee", "captain" if n == 7 else None) for n in range(120)]
    first = await create_members(door.hub.works, people, PASSWORD)
    again = await create_members(door.hub.works, people, PASSWORD)
    assert first == again
    assert len(set(first)) == 120
    async with door.hub.works.reading() as work:
        rows = list(await work.session.scalars(select(AccountRow)))
    assert len(rows) == len({row.handle for row in rows}) == 120
    assert len({row.password_hash for row in rows}) == 1
    assert (await door.facts()).count("MemberRegistered.v1") == 120
    signed_in = await door.browser().sign_in("p7@demo.example")
    assert signed_in.json()["member"]["handle"] == "captain"


async def test_one_member_is_made_once(door: Any) -> None:
    first = await create_member(door.hub.works, "ben@example.org", "Ben Okafor", PASSWORD, handle="ben")
    assert await create_member(door.hub.works, "ben@example.org", "Ben Okafor", PASSWORD) == first
    assert (await door.browser().sign_in("ben@example.org")).json()["member"]["handle"] == "ben"


async def test_a_name_changed_in_the_profile_is_in_the_next_token(door: Any, anna: Any) -> None:
    me = (await anna.get("auth/me")).json()
    changed = ProfileChanged(member_id=me["id"], handle=me["handle"], name="Anna Bergström", hue=10)
    stranger = ProfileChanged(member_id="nobody", handle="nobody", name="Nobody", hue=10)
    await door.hub.publish(stranger, changed)
    await door.hub.settle()
    assert (await anna.refresh()).json()["member"]["name"] == "Anna Bergström"


async def test_old_links_and_registrations_are_cleared_up(door: Any) -> None:
    await door.register("Anna Berg", "anna@example.org")
    door.hub.clock.advance(timedelta(days=6))
    await door.register("Ben Okafor", "ben@example.org")
    door.hub.clock.advance(timedelta(days=1))
    async with door.hub.works.open() as work:
        work.schedule(CLEAR_UP.name)
    await door.hub.run_jobs()
    async with door.hub.works.reading() as work:
        assert list(await work.session.scalars(select(RegistrationRow.email))) == ["ben@example.org"]
        assert await work.session.scalar(select(func.count()).select_from(TicketRow)) == 0
