"""Profiles: made once, changed by their owner, seen by others as far as they may."""

from typing import Any

import pytest

from clubkit.contracts.auth import MemberRegistered
from clubkit.contracts.social import ProfileChanged
from clubkit.ids import MemberId
from clubkit.testing.hub import Person


async def test_whoever_registers_has_a_profile(social: Any, anna: Person, ben: Person) -> None:
    profile = await social.get(ben, f"people/{anna.handle}")
    assert (profile["name"], profile["bio"], profile["followers"]) == ("Anna Berg", "", 0)


async def test_the_fact_delivered_twice_makes_one_profile(social: Any, anna: Person) -> None:
    again = MemberRegistered(member_id=anna.id, handle=anna.handle, name="Anna Other")
    await social.hub.publish(again)
    await social.hub.settle()
    assert (await social.get(anna, "me"))["name"] == "Anna Berg"
    assert len([p for p in await social.told(ProfileChanged) if p.member_id == anna.id]) == 1


async def test_a_newcomer_is_answered_before_the_log_brought_her(social: Any) -> None:
    early = social.hub.person(MemberId("early"), "early", "Early Bird")
    me = await social.get(early, "me")
    assert (me["name"], me["handle"], me["clubs"], me["unread_notifications"]) == ("Early Bird", "early", [], 0)
    assert await social.told(ProfileChanged) == []


async def test_a_newcomer_may_act_before_the_log_brought_her(social: Any) -> None:
    early = social.hub.person(MemberId("early"), "early", "Early Bird")
    post = await social.post(early, "First!")
    assert post["author"]["name"] == "Early Bird"
    await social.hub.publish(MemberRegistered(member_id=early.id, handle="early", name="Early Bird"))
    await social.hub.settle()
    assert len(await social.told(ProfileChanged)) == 1


async def test_only_what_is_given_changes(social: Any, anna: Person) -> None:
    await anna.http.patch("me", json={"bio": "Left back.", "lat": 52.5, "lon": 13.4})
    me = (await anna.http.patch("me", json={"theme": "dark", "language": "de"})).json()
    assert (me["bio"], me["theme"], me["language"], me["lat"], me["name"]) == (
        "Left back.", "dark", "de", 52.5, "Anna Berg",
    )  # fmt: skip


async def test_what_others_keep_a_copy_of_is_told_with_a_rising_version(social: Any, anna: Person) -> None:
    await anna.http.patch("me", json={"name": "Anna B."})
    await anna.http.patch("me", json={"theme": "dark"})
    given = (await anna.http.get("me")).json()["hue"]  # follows from her id
    await anna.http.patch("me", json={"hue": 300 if given != 300 else 30})
    told = [(p.name, p.version) for p in await social.told(ProfileChanged) if p.member_id == anna.id]
    assert told == [("Anna Berg", 1), ("Anna B.", 2), ("Anna B.", 3)]


async def test_an_avatar_is_an_uploaded_picture(social: Any, anna: Person) -> None:
    picture = (await social.upload(anna)).json()
    me = (await anna.http.patch("me", json={"avatar_id": picture["id"]})).json()
    assert me["avatar_url"] == next(s["url"] for s in picture["sizes"] if s["width"] == 320)
    assert (await anna.http.patch("me", json={"avatar_id": None})).json()["avatar_url"] is None


async def test_an_avatar_is_ones_own_picture(social: Any, anna: Person, ben: Person) -> None:
    picture = (await social.upload(ben)).json()
    refused = await anna.http.patch("me", json={"avatar_id": picture["id"], "bio": "changed"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/avatar_id")
    assert (await social.get(anna, "me"))["bio"] == ""


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"name": "  "}, "/name"),
        ({"name": "x" * 81}, "/name"),
        ({"bio": "x" * 501}, "/bio"),
        ({"hue": 7}, "/hue"),
        ({"lat": "NaN", "lon": 1}, "/lat"),
        ({"lat": 10}, "/lat"),
        ({"language": "English"}, "/language"),
        ({"theme": "pink"}, "/theme"),
        ({"handle": "boss"}, "/handle"),
    ],
)
async def test_what_is_wrong_with_a_change_is_pointed_at(
    social: Any, anna: Person, wrong: dict[str, Any], pointer: str
) -> None:
    response = await anna.http.patch("me", json=wrong)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == pointer


async def test_me_lists_my_clubs_with_my_roles(social: Any, anna: Person, ben: Person) -> None:
    mine, theirs = await social.found(anna, "Zebra"), await social.found(ben, "Alpha", hue=30)
    await social.join(anna, theirs)
    clubs = (await social.get(anna, "me"))["clubs"]
    assert [(c["name"], c["role"], c["hue"]) for c in clubs] == [("Alpha", "member", 30), ("Zebra", "owner", 152)]
    assert clubs[1]["id"] == mine["id"]


async def test_several_are_asked_for_at_once(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    answer = await anna.http.get("people", params={"ids": [cleo.id, "nobody", ben.id, cleo.id]})
    assert [person["name"] for person in answer.json()["data"]] == ["Cleo Marsh", "Ben Okafor"]


@pytest.mark.parametrize("ids", [[], ["x"] * 101, ["x" * 37]])
async def test_how_many_are_asked_for_is_bounded(social: Any, anna: Person, ids: list[str]) -> None:
    assert (await anna.http.get("people", params={"ids": ids})).status_code == 422


async def test_an_unknown_handle_is_not_found(social: Any, anna: Person) -> None:
    response = await anna.http.get("people/nobody")
    assert (response.status_code, response.json()["code"]) == (404, "person_not_found")


async def test_a_handle_is_found_however_it_is_written(social: Any, anna: Person) -> None:
    assert (await social.get(anna, f"people/@{anna.handle.upper()}"))["id"] == anna.id


async def test_a_profile_shows_the_clubs_one_may_know_of(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    await social.found(anna, "Open House")
    secret = await social.found(anna, "Quiet Circle", join_policy="request")
    await social.join(ben, secret)
    await anna.http.post(f"clubs/{secret['id']}/requests/{ben.id}/approve")
    seen_by = {who.name: await social.get(who, f"people/{anna.handle}") for who in (ben, cleo)}
    assert [c["name"] for c in seen_by["Ben Okafor"]["clubs"]] == ["Open House", "Quiet Circle"]
    assert [c["name"] for c in seen_by["Cleo Marsh"]["clubs"]] == ["Open House"]


async def test_following_counts_once(social: Any, anna: Person, ben: Person) -> None:
    for _ in range(2):
        assert (await ben.http.put(f"people/{anna.id}/follow")).status_code == 204
    profile = await social.get(ben, f"people/{anna.handle}")
    assert (profile["followers"], profile["followed_by_me"]) == (1, True)
    for _ in range(2):
        assert (await ben.http.delete(f"people/{anna.id}/follow")).status_code == 204
    profile = await social.get(ben, f"people/{anna.handle}")
    assert (profile["followers"], profile["followed_by_me"]) == (0, False)


async def test_one_follows_others_who_exist(social: Any, anna: Person) -> None:
    assert (await anna.http.put(f"people/{anna.id}/follow")).json()["code"] == "following_yourself"
    assert (await anna.http.put("people/nobody/follow")).json()["code"] == "person_not_found"


async def test_strangers_see_nothing(social: Any) -> None:
    nobody = social.hub.http()
    for path in ("me", "people/anna", "clubs", "feed?tab=clubs", "notifications", "search?q=a"):
        response = await nobody.get(path)
        assert (response.status_code, response.json()["code"]) == (401, "unauthenticated"), path
