"""Joining, leaving, requests, roles: who is in, and who decides."""

import asyncio
from typing import Any

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import ClubChanged, MembershipChanged
from clubkit.testing.hub import Person
from social_service.clubs.capability_schemas import ABOVE, CAPABILITIES, MUST_REMAIN


async def test_an_open_club_takes_whoever_comes(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    joined = await social.join(ben, club)
    assert (joined["state"], joined["role"]) == ("member", "member")
    assert (await social.get(anna, f"clubs/{club['id']}"))["members"] == 2


async def test_joining_twice_is_joining_once(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    await social.join(ben, club)
    assert (await social.get(anna, f"clubs/{club['id']}"))["members"] == 2
    assert len([f for f in await social.told(MembershipChanged) if f.member_id == ben.id]) == 1


async def test_a_hundred_at_once_are_counted_right(social: Any, anna: Person) -> None:
    club = await social.found(anna)
    crowd = [social.hub.person(f"m{n:03}", f"m{n:03}", f"Member {n}") for n in range(30)]
    await asyncio.gather(*(social.join(who, club) for who in crowd))
    assert (await social.get(anna, f"clubs/{club['id']}"))["members"] == 31


async def test_joining_and_leaving_are_told_with_rising_versions(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    await social.leave(ben, club)
    await social.join(ben, club)
    told = [f for f in await social.told(MembershipChanged) if f.member_id == ben.id]
    assert [(f.role, f.version) for f in told] == [("member", 1), (None, 2), ("member", 3)]
    acted = [f for f in await social.told(MemberInteracted) if f.member_id == ben.id]
    assert [(f.kind, f.action, f.club_id) for f in acted] == [
        ("club", "join", club["id"]), ("club", "leave", club["id"]), ("club", "join", club["id"]),
    ]  # fmt: skip
    clubs = await social.told(ClubChanged)
    assert [(f.members, f.version) for f in clubs] == [(1, 1), (2, 2), (1, 3), (2, 4)]


async def test_a_request_waits_for_an_answer(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="request")
    assert (await social.join(ben, club, note="I play left back."))["state"] == "pending"
    assert (await social.get(ben, "me"))["clubs"] == []
    waiting = (await social.get(anna, f"clubs/{club['id']}/requests"))["data"]
    assert [(w["person"]["name"], w["note"]) for w in waiting] == [("Ben Okafor", "I play left back.")]
    assert (await anna.http.post(f"clubs/{club['id']}/requests/{ben.id}/approve")).status_code == 204
    assert [c["role"] for c in (await social.get(ben, "me"))["clubs"]] == ["member"]


async def test_a_declined_request_may_be_made_again(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="request")
    await social.join(ben, club)
    assert (await anna.http.post(f"clubs/{club['id']}/requests/{ben.id}/decline")).status_code == 204
    again = await anna.http.post(f"clubs/{club['id']}/requests/{ben.id}/approve")
    assert (again.status_code, again.json()["code"]) == (404, "no_request")
    assert (await social.join(ben, club))["state"] == "pending"


async def test_a_request_can_be_taken_back(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="request")
    await social.join(ben, club)
    assert await social.leave(ben, club) == 204
    assert (await social.get(anna, f"clubs/{club['id']}/requests"))["data"] == []


async def test_only_those_who_run_the_club_see_requests(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    club = await social.found(anna, join_policy="request")
    await social.join(ben, club)
    response = await cleo.http.get(f"clubs/{club['id']}/requests")
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed_in_club")
    assert (await social.get(cleo, f"clubs/{club['id']}"))["requests_waiting"] == 0
    assert (await social.get(anna, f"clubs/{club['id']}"))["requests_waiting"] == 1


async def test_an_invite_only_club_needs_an_invitation(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="invite")
    refused = await social.join(ben, club)
    assert (refused["status"], refused["code"]) == (403, "invite_needed")


async def test_the_last_owner_cannot_leave(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    assert await social.leave(anna, club) == 409
    assert await social.promote(anna, ben, club, "owner") == 200
    assert await social.leave(anna, club) == 204
    assert await social.leave(ben, club) == 409


async def test_the_last_owner_cannot_give_the_role_up(social: Any, anna: Person) -> None:
    club = await social.found(anna)
    assert await social.promote(anna, anna, club, "member") == 409


async def test_who_left_two_at_once_leaves_an_owner_behind(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    await social.promote(anna, ben, club, "owner")
    answers = await asyncio.gather(social.leave(anna, club), social.leave(ben, club))
    assert sorted(answers) == [204, 409]


async def test_an_admin_removes_members_and_nobody_above(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    club = await social.found(anna)
    for who in (ben, cleo):
        await social.join(who, club)
    await social.promote(anna, ben, club, "admin")
    of_owner = await ben.http.delete(f"clubs/{club['id']}/members/{anna.id}")
    assert (of_owner.status_code, of_owner.json()["code"]) == (403, "rank_too_high")
    assert (await ben.http.delete(f"clubs/{club['id']}/members/{cleo.id}")).status_code == 204
    again = await ben.http.delete(f"clubs/{club['id']}/members/{cleo.id}")
    assert (again.status_code, again.json()["code"]) == (404, "not_in_club")
    assert (await cleo.http.delete(f"clubs/{club['id']}/members/{ben.id}")).status_code == 403


async def test_an_admin_cannot_hand_out_roles(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    club = await social.found(anna)
    for who in (ben, cleo):
        await social.join(who, club)
    await social.promote(anna, ben, club, "admin")
    assert await social.promote(ben, cleo, club, "admin") == 403


async def test_members_are_listed_longest_first_page_by_page(
    social: Any, anna: Person, ben: Person, cleo: Person
) -> None:
    club = await social.found(anna)
    await social.join(cleo, club)
    await social.join(ben, club)
    first = await social.get(ben, f"clubs/{club['id']}/members", limit=2)
    rest = await social.get(ben, f"clubs/{club['id']}/members", limit=2, cursor=first["page"]["next"])
    names = [m["person"]["name"] for m in first["data"] + rest["data"]]
    assert sorted(names) == ["Anna Berg", "Ben Okafor", "Cleo Marsh"]
    assert rest["page"]["next"] is None


async def test_a_closed_circle_keeps_its_members_to_itself(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, join_policy="request")
    response = await ben.http.get(f"clubs/{club['id']}/members")
    assert (response.status_code, response.json()["code"]) == (403, "members_only")
    assert (await social.get(ben, f"people/{anna.handle}"))["clubs"] == []


async def test_leaving_what_one_is_not_in_is_refused(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    assert await social.leave(ben, club) == 404
    assert (await ben.http.post("clubs/nowhere/join", json={})).json()["code"] == "club_not_found"


async def test_a_socket_hears_of_a_club_from_the_moment_its_member_is_in(
    social: Any, anna: Person, ben: Person
) -> None:
    club = await social.found(anna)
    async with social.hub.listening() as url, social.hub.socket(url, ben) as socket:
        heard: asyncio.Queue[Any] = asyncio.Queue()
        socket.on("feed.new", heard.put)
        await social.post(anna, "nobody hears this", club_id=club["id"])
        await social.join(ben, club)
        post = await social.post(anna, "Training is on.", club_id=club["id"])
        assert await asyncio.wait_for(heard.get(), 5) == {"kind": "post", "id": post["id"], "club_id": club["id"]}


async def test_a_socket_that_opens_later_hears_of_the_clubs_its_member_is_in(
    social: Any, anna: Person, ben: Person
) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    async with social.hub.listening() as url, social.hub.socket(url, ben) as socket:
        heard: asyncio.Queue[Any] = asyncio.Queue()
        socket.on("feed.new", heard.put)
        post = await social.post(anna, "Training is on.", club_id=club["id"])
        assert (await asyncio.wait_for(heard.get(), 5))["id"] == post["id"]


def test_every_role_that_must_remain_can_hand_itself_on() -> None:
    assert "assign_roles" in CAPABILITIES[MUST_REMAIN]
    assert MUST_REMAIN in ABOVE[MUST_REMAIN]
