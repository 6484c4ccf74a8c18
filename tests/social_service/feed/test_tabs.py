"""The chronological tabs: what belongs there, in which order, and that nothing shifts or repeats."""

from typing import Any

import pytest

from clubkit.testing.hub import Person
from tests.social_service.counting import queries_of


async def test_my_clubs_holds_posts_events_and_reels_newest_first(
    social: Any, home: Any, anna: Person, ben: Person
) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    post = await social.post(anna, club_id=club["id"])
    event = await home.event(anna, club)
    reel = await home.reel(anna, club)
    assert await home.items(ben, "clubs") == [("reel", reel), ("event", event["id"]), ("post", post["id"])]


async def test_my_clubs_holds_nothing_of_other_clubs(social: Any, home: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.post(anna, club_id=club["id"], visibility="public")
    await home.event(anna, club, visibility="public")
    await home.reel(anna, club, visibility="public")
    assert await home.items(ben, "clubs") == []


async def test_following_holds_me_those_i_follow_and_announcements(
    social: Any, home: Any, anna: Person, ben: Person, cleo: Person
) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    await social.join(cleo, club)
    await social.post(anna, "chatter of somebody else", club_id=club["id"])
    announced = await social.post(anna, "Pitch closed", club_id=club["id"], announce=True)
    followed = await social.post(cleo, "by who I follow", club_id=club["id"])
    own = await social.post(ben, "my own")
    await ben.http.put(f"people/{cleo.id}/follow")
    assert await home.items(ben, "following") == [
        ("post", own["id"]), ("post", followed["id"]), ("post", announced["id"]),
    ]  # fmt: skip


async def test_following_somebody_opens_no_club_to_me(social: Any, home: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.post(anna, "inside", club_id=club["id"])
    outside = await social.post(anna, "outside")
    await ben.http.put(f"people/{anna.id}/follow")
    assert await home.items(ben, "following") == [("post", outside["id"])]


async def test_leaving_a_club_empties_the_tab_at_once(social: Any, home: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    await social.post(anna, club_id=club["id"], announce=True)
    await home.event(anna, club)
    await home.reel(anna, club)
    await social.leave(ben, club)
    for tab in ("clubs", "following"):
        assert await home.items(ben, tab) == []


async def test_a_series_is_news_once(social: Any, home: Any, anna: Person) -> None:
    club = await social.found(anna)
    await home.event(anna, club, rrule="FREQ=WEEKLY;COUNT=12")
    assert [kind for kind, _ in await home.items(anna, "clubs")] == ["event"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
async def test_page_by_page_everything_comes_once_in_one_order(
    social: Any, home: Any, anna: Person, limit: int
) -> None:
    club = await social.found(anna)
    for n in range(3):
        await social.post(anna, f"{n}", club_id=club["id"])
        await home.event(anna, club, f"{n}")
        await home.reel(anna, club, f"{n}")
    whole = await home.items(anna, "clubs", limit=100)
    assert len(whole) == 9
    assert await home.everything(anna, "clubs", limit) == whole


async def test_what_came_into_being_in_one_moment_is_not_lost_between_pages(
    social: Any, home: Any, anna: Person
) -> None:
    club = await social.found(anna)
    for n in range(6):  # the clock stands still
        response = await anna.http.post("posts", json={"text": f"{n}", "club_id": club["id"]})
        assert response.status_code == 201
    assert len(set(await home.everything(anna, "clubs", 2))) == 6


async def test_what_is_new_does_not_shift_the_pages_below(social: Any, home: Any, anna: Person) -> None:
    club = await social.found(anna)
    posts = [await social.post(anna, f"{n}", club_id=club["id"]) for n in range(4)]
    first = await home.page(anna, "clubs", limit=2)
    await social.post(anna, "new on top", club_id=club["id"])
    rest = await home.items(anna, "clubs", limit=2, cursor=first["page"]["next"])
    assert rest == [("post", posts[1]["id"]), ("post", posts[0]["id"])]


async def test_the_link_header_leads_to_the_next_page(social: Any, anna: Person) -> None:
    club = await social.found(anna)
    for n in range(3):
        await social.post(anna, f"{n}", club_id=club["id"])
    response = await anna.http.get("feed", params={"tab": "clubs", "limit": 2})
    link = response.headers["link"]
    assert link.endswith('; rel="next"')
    following = await anna.http.get(f"http://hub.test{link[1:].partition('>')[0]}")
    assert [item["post"]["text"] for item in following.json()["data"]] == ["0"]


async def test_the_queries_do_not_grow_with_the_items(social: Any, home: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    picture = (await social.upload(anna)).json()
    costs = []
    for many in (1, 8):
        for n in range(many):
            await social.post(anna, f"{n}", club_id=club["id"], media=[{"media_id": picture["id"]}])
            await home.event(anna, club, f"{n}")
            await home.reel(anna, club, f"{n}")
        async with queries_of(social.hub) as queries:
            assert len(await home.items(ben, "clubs", limit=50)) >= 3 * many
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 16


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({}, "/tab"),
        ({"tab": "everything"}, "/tab"),
        ({"tab": "clubs", "limit": 0}, "/limit"),
        ({"tab": "clubs", "limit": 101}, "/limit"),
        ({"tab": "clubs", "cursor": "garbage"}, "/cursor"),
        ({"tab": "for-you", "cursor": "AAAA"}, "/cursor"),
    ],
)
async def test_what_is_wrong_with_a_question_is_pointed_at(anna: Person, query: dict[str, Any], pointer: str) -> None:
    response = await anna.http.get("feed", params=query)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == pointer


async def test_a_cursor_of_one_tab_is_refused_by_another(social: Any, home: Any, anna: Person) -> None:
    club = await social.found(anna)
    for n in range(3):
        await social.post(anna, f"{n}", club_id=club["id"])
    cursor = (await home.page(anna, "clubs", limit=1))["page"]["next"]
    for tab in ("following", "for-you"):
        response = await anna.http.get("feed", params={"tab": tab, "cursor": cursor})
        assert (response.status_code, response.json()["code"]) == (422, "bad_cursor")
