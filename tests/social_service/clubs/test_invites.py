"""Invitations: bounded in time and number, and worth nothing to who finds the database."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clubkit.cache.limits import Rate
from clubkit.testing.hub import Person
from social_service.clubs.models import InviteRow


async def invite(who: Person, club: dict[str, Any], **wish: Any) -> dict[str, Any]:
    response = await who.http.post(f"clubs/{club['id']}/invites", json=wish)
    assert response.status_code == 201, response.text
    return dict(response.json())


async def test_an_invitation_opens_a_closed_club(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="invite")
    made = await invite(anna, club)
    preview = await social.get(ben, f"invites/{made['token']}")
    assert (preview["club"]["name"], preview["club"]["my_state"]) == ("Riverside FC", "none")
    assert (await social.join(ben, club, token=made["token"]))["role"] == "member"


async def test_an_invitation_spares_the_request(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="request")
    await social.join(ben, club)
    made = await invite(anna, club)
    assert (await social.join(ben, club, token=made["token"]))["state"] == "member"


async def test_an_invitation_is_used_up(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    club = await social.found(anna, join_policy="invite")
    made = await invite(anna, club, max_uses=1)
    await social.join(ben, club, token=made["token"])
    refused = await social.join(cleo, club, token=made["token"])
    assert (refused["status"], refused["code"]) == (410, "invite_over")
    listed = (await social.get(anna, f"clubs/{club['id']}/invites"))["data"]
    assert [(i["uses"], i["usable"]) for i in listed] == [(1, False)]


async def test_the_last_use_is_taken_by_one_of_many(social: Any, anna: Person) -> None:
    club = await social.found(anna, join_policy="invite")
    made = await invite(anna, club, max_uses=3)
    crowd = [social.hub.person(f"m{n}", f"m{n}", f"Member {n}") for n in range(8)]
    answers = await asyncio.gather(*(social.join(who, club, token=made["token"]) for who in crowd))
    assert sorted(answer["status"] for answer in answers) == [200] * 3 + [410] * 5


async def test_who_is_in_already_uses_nothing(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="invite")
    made = await invite(anna, club, max_uses=2)
    await social.join(ben, club, token=made["token"])
    await social.join(ben, club, token=made["token"])
    assert (await social.get(anna, f"clubs/{club['id']}/invites"))["data"][0]["uses"] == 1


async def test_an_invitation_ends(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="invite")
    made = await invite(anna, club, expires_in_hours=2)
    social.hub.clock.advance(timedelta(hours=2))
    assert (await social.join(ben, club, token=made["token"]))["code"] == "invite_over"
    assert (await ben.http.get(f"invites/{made['token']}")).status_code == 410


async def test_a_revoked_invitation_is_over(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="invite")
    made = await invite(anna, club)
    assert (await anna.http.delete(f"clubs/{club['id']}/invites/{made['id']}")).status_code == 204
    assert (await social.join(ben, club, token=made["token"]))["code"] == "invite_over"


async def test_an_invitation_opens_its_own_club_only(social: Any, anna: Person, ben: Person) -> None:
    club, other = await social.found(anna), await social.found(anna, "Other", join_policy="invite")
    made = await invite(anna, club)
    assert (await social.join(ben, other, token=made["token"]))["code"] == "invite_over"
    assert (await anna.http.delete(f"clubs/{other['id']}/invites/{made['id']}")).status_code == 410


async def test_only_the_hash_of_a_token_is_kept(social: Any, anna: Person) -> None:
    made = await invite(anna, await social.found(anna))
    async with social.hub.works.reading() as work:
        row = await work.session.scalar(select(InviteRow))
        assert made["token"] not in {value for value in vars(row).values() if isinstance(value, str)}


async def test_members_cannot_invite(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    assert (await ben.http.post(f"clubs/{club['id']}/invites", json={})).status_code == 403
    assert (await ben.http.get(f"clubs/{club['id']}/invites")).status_code == 403


@pytest.mark.parametrize("wish", [{"max_uses": 0}, {"max_uses": 1001}, {"expires_in_hours": 0}])
async def test_invitations_are_bounded(social: Any, anna: Person, wish: dict[str, int]) -> None:
    club = await social.found(anna)
    response = await anna.http.post(f"clubs/{club['id']}/invites", json=wish)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == f"/{next(iter(wish))}"


async def test_a_guesser_is_slowed_down(
    social: Any, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("social_service.clubs.members_api.GUESS_RATE", Rate(2, per=3600))
    club = await social.found(anna, join_policy="invite")
    answers = [await social.join(ben, club, token=f"guess-{n}") for n in range(3)]
    assert [answer["status"] for answer in answers] == [410, 410, 429]
