"""Founding, finding and changing clubs."""

from typing import Any

from clubkit.testing.hub import Person


async def test_a_founder_owns_her_club(social: Any, anna: Person) -> None:
    club = await social.found(anna, "Riverside FC", place="Old Harbour")
    assert (club["slug"], club["my_role"], club["members"]) == ("riverside-fc", "owner", 1)
    assert "assign_roles" in club["can"]
    assert (await social.get(anna, "clubs/riverside-fc"))["id"] == club["id"]
