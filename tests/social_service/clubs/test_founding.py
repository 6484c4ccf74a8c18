"""Founding, finding and changing clubs."""

import asyncio
from typing import Any

import pytest

from clubkit.ids import new_id
from clubkit.testing.hub import Person


async def test_a_founder_owns_her_club(social: Any, anna: Person) -> None:
    club = await social.found(anna, "Riverside FC", place="Old Harbour")
    assert (club["slug"], club["my_role"], club["members"]) == ("riverside-fc", "owner", 1)
    assert "assign_roles" in club["can"]
    assert (await social.get(anna, "clubs/riverside-fc"))["id"] == club["id"]
    assert (await social.get(anna, f"clubs/{club['id']}"))["slug"] == "riverside-fc"


async def test_two_clubs_of_one_name_have_two_addresses(social: Any, anna: Person) -> None:
    first, second = await social.found(anna, "Night Runners"), await social.found(anna, "Night Runners!")
    assert (first["slug"], second["slug"]) == ("night-runners", "night-runners-2")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Fußball Süd", "fussball-sud"), ("日本語", "club-club"), ("Discover", "discover-club"), ("a  –  b", "a-b")],
)
async def test_any_name_makes_an_address(social: Any, anna: Person, name: str, slug: str) -> None:
    assert (await social.found(anna, name))["slug"] == slug


async def test_the_same_key_founds_one_club(social: Any, anna: Person) -> None:
    wish = {"name": "Boulder Collective", "hue": 30}
    key = {"Idempotency-Key": new_id()}
    first = await anna.http.post("clubs", json=wish, headers=key)
    again = await anna.http.post("clubs", json=wish, headers=key)
    assert again.json()["id"] == first.json()["id"]
    other = await anna.http.post("clubs", json=wish | {"hue": 50}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"name": "x"}, "/name"),
        ({"name": "x" * 81}, "/name"),
        ({"hue": 151}, "/hue"),
        ({"join_policy": "secret"}, "/join_policy"),
        ({"lat": 91, "lon": 0}, "/lat"),
        ({"lat": 50.1}, "/lat"),
        ({"about": "x" * 2001}, "/about"),
        ({"owner": "me"}, "/owner"),
    ],
)
async def test_what_is_wrong_with_a_new_club_is_pointed_at(
    social: Any, anna: Person, wrong: dict[str, Any], pointer: str
) -> None:
    response = await anna.http.post("clubs", json={"name": "Riverside", "hue": 152} | wrong)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == pointer
    assert (await social.get(anna, "clubs"))["data"] == []


async def test_nobody_founds_clubs_by_the_dozen(social: Any, anna: Person) -> None:
    answers = [await anna.http.post("clubs", json={"name": f"Club {n}", "hue": 10}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_only_what_is_given_changes(social: Any, anna: Person) -> None:
    club = await social.found(anna, about="Since 1924", lat=52.5, lon=13.4)
    edited = await anna.http.patch(
        f"clubs/{club['id']}", json={"place": "East Stand"}, headers={"If-Match": f'"v{club["revision"]}"'}
    )
    body = edited.json()
    assert (body["place"], body["about"], body["lat"]) == ("East Stand", "Since 1924", 52.5)
    assert edited.headers["etag"] == f'"v{club["revision"] + 1}"'


async def test_a_place_is_taken_off_the_map_with_both_its_halves(social: Any, anna: Person) -> None:
    club = await social.found(anna, lat=52.5, lon=13.4)
    tag = {"If-Match": f'"v{club["revision"]}"'}
    half = await anna.http.patch(f"clubs/{club['id']}", json={"lat": None}, headers=tag)
    assert (half.status_code, half.json()["code"]) == (422, "half_a_place")
    whole = await anna.http.patch(f"clubs/{club['id']}", json={"lat": None, "lon": None}, headers=tag)
    assert whole.json()["lat"] is None


async def test_two_editors_never_overwrite_each_other(social: Any, anna: Person) -> None:
    club = await social.found(anna)
    tag = {"If-Match": f'"v{club["revision"]}"'}
    edits = [anna.http.patch(f"clubs/{club['id']}", json={"place": p}, headers=tag) for p in ("North", "South")]
    answers = await asyncio.gather(*edits)
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_joins_do_not_make_an_edit_stale(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    tag = {"If-Match": f'"v{club["revision"]}"'}
    assert (await anna.http.patch(f"clubs/{club['id']}", json={"place": "North"}, headers=tag)).status_code == 200


@pytest.mark.parametrize(("tag", "code"), [(None, "invalid"), ("*", "bad_if_match"), ('"v"', "bad_if_match")])
async def test_an_edit_names_its_version(social: Any, anna: Person, tag: str | None, code: str) -> None:
    club = await social.found(anna)
    headers = {"If-Match": tag} if tag else {}
    response = await anna.http.patch(f"clubs/{club['id']}", json={"place": "North"}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (422, code)
    assert response.json()["errors"][0]["pointer"] == "/if-match"


async def test_a_member_cannot_change_the_club(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    tag = {"If-Match": f'"v{club["revision"]}"'}
    response = await ben.http.patch(f"clubs/{club['id']}", json={"place": "Mine"}, headers=tag)
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed_in_club")


async def test_clubs_are_found_by_a_part_of_their_name(social: Any, anna: Person) -> None:
    await social.found(anna, "Riverside FC")
    await social.found(anna, "Night Runners", sport="running")
    await social.found(anna, "100% Chess", sport="chess")
    assert [c["name"] for c in (await social.get(anna, "clubs", q="SIDE"))["data"]] == ["Riverside FC"]
    assert [c["name"] for c in (await social.get(anna, "clubs", q="running"))["data"]] == ["Night Runners"]
    assert [c["name"] for c in (await social.get(anna, "clubs", q="%"))["data"]] == ["100% Chess"]


async def test_the_largest_clubs_come_first_page_by_page(social: Any, anna: Person, ben: Person) -> None:
    clubs = [await social.found(anna, f"Club {n}") for n in range(5)]
    await social.join(ben, clubs[3])
    names: list[str] = []
    cursor: str | None = None
    while cursor or not names:
        page = await social.get(ben, "clubs", limit=2, **({"cursor": cursor} if cursor else {}))
        names += [club["name"] for club in page["data"]]
        cursor = page["page"]["next"]
    assert names == ["Club 3", "Club 4", "Club 2", "Club 1", "Club 0"]


async def test_a_cursor_of_another_list_is_refused(social: Any, anna: Person) -> None:
    for n in range(3):
        await social.found(anna, f"Club {n}")
    cursor = (await social.get(anna, "clubs", limit=1))["page"]["next"]
    response = await anna.http.get("clubs", params={"sort": "new", "cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (422, "bad_cursor")


async def test_a_cover_is_a_picture_of_ones_own(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    picture = (await social.upload(anna)).json()
    shown = await anna.http.put(f"clubs/{club['id']}/cover", json={"media_id": picture["id"]})
    assert shown.json()["cover"]["id"] == picture["id"]
    of_ben = (await social.upload(ben)).json()
    refused = await anna.http.put(f"clubs/{club['id']}/cover", json={"media_id": of_ben["id"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "picture_not_found")
    gone = await anna.http.put(f"clubs/{club['id']}/cover", json={"media_id": None})
    assert gone.json()["cover"] is None


async def test_a_closed_club_is_gone_and_its_address_is_free(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, "Riverside FC")
    await social.join(ben, club)
    assert (await ben.http.delete(f"clubs/{club['id']}")).status_code == 403
    assert (await anna.http.delete(f"clubs/{club['id']}")).status_code == 204
    assert (await ben.http.get("clubs/riverside-fc")).status_code == 404
    assert (await social.get(ben, "me"))["clubs"] == []
    assert (await social.found(anna, "Riverside FC"))["slug"] == "riverside-fc"
