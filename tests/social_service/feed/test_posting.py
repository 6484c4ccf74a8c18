"""Posts: written, read, edited with a history, taken down; seen by those they are for."""

from typing import Any

import pytest

from clubkit.cache.limits import Rate
from clubkit.contracts.social import PostPublished, PostRemoved
from clubkit.ids import new_id
from clubkit.testing.hub import Person


async def edit(who: Person, post: dict[str, Any], version: int | None = None, **changes: Any) -> Any:
    tag = {"If-Match": f'"v{version or post["version"]}"'}
    return await who.http.patch(f"posts/{post['id']}", json=changes, headers=tag)


async def test_what_anna_posts_in_her_club_ben_reads_there(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    post = await social.post(anna, "Under-14s held on for a **2-2**.", club_id=club["id"])
    assert post["html"] == "<p>Under-14s held on for a <strong>2-2</strong>.</p>"
    seen = await social.get(ben, f"posts/{post['id']}")
    assert (seen["author"]["name"], seen["club"]["name"], seen["may_edit"]) == ("Anna Berg", "Riverside FC", False)


async def test_a_post_in_a_club_is_for_the_club_unless_said(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    inside = await social.post(anna, club_id=club["id"])
    outside = await social.post(anna, club_id=club["id"], visibility="public")
    own = await social.post(anna)
    assert [p["visibility"] for p in (inside, outside, own)] == ["club", "public", "public"]
    refused = await ben.http.get(f"posts/{inside['id']}")
    assert (refused.status_code, refused.json()["code"]) == (404, "post_not_found")
    for post in (outside, own):
        assert (await ben.http.get(f"posts/{post['id']}")).status_code == 200


async def test_who_left_a_club_reads_its_posts_no_more_not_even_her_own(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    of_anna, of_ben = await social.post(anna, club_id=club["id"]), await social.post(ben, club_id=club["id"])
    await social.leave(ben, club)
    for post in (of_anna, of_ben):
        assert (await ben.http.get(f"posts/{post['id']}")).status_code == 404


async def test_strangers_to_a_club_do_not_post_in_it(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    refused = await ben.http.post("posts", json={"text": "hi", "club_id": club["id"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed_in_club")


async def test_only_those_who_run_a_club_announce(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    wish = {"text": "Pitch closed.", "club_id": club["id"], "announce": True}
    assert (await ben.http.post("posts", json=wish)).status_code == 403
    assert (await anna.http.post("posts", json=wish)).json()["announce"] is True


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({}, ""),
        ({"text": "   \n "}, ""),
        ({"text": "x" * 8001}, "/text"),
        ({"text": "x", "visibility": "club"}, ""),
        ({"text": "x", "announce": True}, ""),
        ({"text": "x", "visibility": "friends"}, "/visibility"),
        ({"text": "x", "media": [{"media_id": "a"}] * 11}, "/media"),
        ({"text": "x", "media": [{"media_id": "nothing"}]}, "/media"),
        ({"text": "x", "media": [{"media_id": "a", "alt": "x" * 501}]}, "/media/0/alt"),
        ({"text": "x", "html": "<b>"}, "/html"),
    ],
)
async def test_what_is_wrong_with_a_post_is_pointed_at(
    social: Any, anna: Person, wrong: dict[str, Any], pointer: str
) -> None:
    response = await anna.http.post("posts", json=wrong)
    assert response.status_code == 422, response.text
    assert response.json()["errors"][0]["pointer"] == pointer
    assert await social.told(PostPublished) == []


async def test_what_is_no_json_is_said(anna: Person) -> None:
    response = await anna.http.post("posts", content=b"{", headers={"Content-Type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (400, "malformed")


async def test_the_same_key_posts_once(social: Any, anna: Person) -> None:
    key = {"Idempotency-Key": new_id()}
    first = await anna.http.post("posts", json={"text": "once"}, headers=key)
    again = await anna.http.post("posts", json={"text": "once"}, headers=key)
    assert first.json()["id"] == again.json()["id"]
    assert len(await social.told(PostPublished)) == 1


async def test_pictures_stand_in_order_with_their_words(social: Any, anna: Person) -> None:
    first = (await social.upload(anna, alt="as uploaded")).json()
    second = (await social.upload(anna)).json()
    post = await social.post(anna, "", media=[{"media_id": second["id"], "alt": "a goal"}, {"media_id": first["id"]}])
    assert [(p["id"], p["alt"]) for p in post["media"]] == [(second["id"], "a goal"), (first["id"], "as uploaded")]


async def test_somebody_elses_picture_is_refused(social: Any, anna: Person, ben: Person) -> None:
    picture = (await social.upload(ben)).json()
    refused = await anna.http.post("posts", json={"text": "mine!", "media": [{"media_id": picture["id"]}]})
    assert refused.json()["code"] == "picture_not_found"


async def test_an_edit_keeps_how_it_read_before(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna, "We won 2-1.")
    edited = (await edit(anna, post, text="We won 3-1.")).json()
    edited = (await edit(anna, edited, text="We won *3-1*!")).json()
    assert (edited["text"], edited["version"]) == ("We won *3-1*!", 3)
    assert edited["edited_at"] is not None
    history = (await social.get(ben, f"posts/{post['id']}/history"))["data"]
    assert [(v["version"], v["text"]) for v in history] == [(2, "We won 3-1."), (1, "We won 2-1.")]


async def test_an_edit_of_an_older_version_is_refused(social: Any, anna: Person) -> None:
    post = await social.post(anna, "one")
    await edit(anna, post, text="two")
    stale = await edit(anna, post, version=1, text="other")
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    assert (await social.get(anna, f"posts/{post['id']}"))["text"] == "two"


async def test_nobody_edits_what_others_wrote(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    post = await social.post(ben, club_id=club["id"])
    refused = await edit(anna, post, text="better")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours")


async def test_an_edit_cannot_leave_nothing(social: Any, anna: Person) -> None:
    post = await social.post(anna, "words")
    refused = await edit(anna, post, text="")
    assert (refused.status_code, refused.json()["code"]) == (422, "nothing_left")
    assert (await social.get(anna, f"posts/{post['id']}"))["text"] == "words"


async def test_a_post_is_taken_down_with_all_that_hangs_on_it(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    await ben.http.post(f"posts/{post['id']}/comments", json={"text": "well done"})
    await ben.http.put(f"posts/{post['id']}/reaction", json={})
    assert (await ben.http.delete(f"posts/{post['id']}")).json()["code"] == "not_yours_to_remove"
    assert (await anna.http.delete(f"posts/{post['id']}")).status_code == 204
    for path in ("", "/comments", "/reactions", "/history"):
        assert (await anna.http.get(f"posts/{post['id']}{path}")).status_code == 404
    assert [(f.post_id, f.version) for f in await social.told(PostRemoved)] == [(post["id"], 2)]


async def test_who_runs_the_club_takes_posts_down(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    club = await social.found(anna)
    for who in (ben, cleo):
        await social.join(who, club)
    post = await social.post(ben, club_id=club["id"])
    assert (await cleo.http.delete(f"posts/{post['id']}")).status_code == 403
    assert (await social.get(anna, f"posts/{post['id']}"))["may_remove"] is True
    assert (await anna.http.delete(f"posts/{post['id']}")).status_code == 204


async def test_posts_of_a_club_and_of_a_person_are_listed_as_one_may_see_them(
    social: Any, anna: Person, ben: Person
) -> None:
    club = await social.found(anna)
    inside = await social.post(anna, "inside", club_id=club["id"])
    outside = await social.post(anna, "outside", club_id=club["id"], visibility="public")
    own = await social.post(anna, "own")

    async def ids(who: Person, path: str) -> list[str]:
        return [post["id"] for post in (await social.get(who, path))["data"]]

    assert await ids(anna, "clubs/riverside-fc/posts") == [outside["id"], inside["id"]]
    assert await ids(ben, "clubs/riverside-fc/posts") == [outside["id"]]
    assert await ids(ben, f"people/{anna.handle}/posts") == [own["id"], outside["id"]]
    assert (await ben.http.get("people/nobody/posts")).json()["code"] == "person_not_found"


async def test_nobody_floods_the_feed(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("social_service.feed.api.POST_RATE", Rate(2, per=3600))
    answers = [await anna.http.post("posts", json={"text": f"{n}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
