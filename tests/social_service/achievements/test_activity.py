"""The activity feed: what a member did, to those who may see it."""

from typing import Any

from clubkit.contracts.social import MembershipChanged, PostPublished, PostRemoved, ReelPublished, ReelRemoved
from clubkit.ids import ClubId, PostId, ReelId, new_id
from clubkit.testing.hub import Person


def _post(doing: Any, post: PostId, **more: Any) -> PostPublished:
    about = {
        "club_id": None, "author_id": doing.anna.id, "author_name": "Anna Berg", "text": "What a match.",
        "visibility": "public", "created_at": doing.now, "at": doing.now,
    }  # fmt: skip
    return PostPublished(post_id=post, **(about | more))


def _reel(doing: Any, reel: ReelId, club: str, visibility: Any = "club") -> ReelPublished:
    return ReelPublished(
        reel_id=reel, club_id=ClubId(club), author_id=doing.anna.id, author_name="Anna Berg", caption="Late winner",
        duration_s=9, poster_url="", visibility=visibility, created_at=doing.now, at=doing.now,
    )  # fmt: skip


async def test_a_badge_shows_in_the_activity_of_who_earned_it(doing: Any, ben: Person) -> None:
    await doing.tell(doing.answered())
    assert "Earned the badge First whistle" in await doing.activity(ben)


async def test_what_is_only_for_a_club_is_seen_by_its_members_alone(doing: Any, ben: Person, cleo: Person) -> None:
    club = await doing.social.found(ben)
    await doing.tell(_reel(doing, ReelId(new_id()), club["id"]), _post(doing, PostId(new_id())))
    assert sorted(await doing.activity(ben)) == ["Published a reel", "Wrote a post"]
    assert await doing.activity(cleo) == ["Wrote a post"]


async def test_what_is_taken_away_leaves_the_feed(doing: Any, ben: Person) -> None:
    club = await doing.social.found(ben)
    post, reel = PostId(new_id()), ReelId(new_id())
    await doing.tell(_post(doing, post), _reel(doing, reel, club["id"], "public"))
    assert len(await doing.activity(ben)) == 2
    await doing.tell(PostRemoved(post_id=post, version=2), ReelRemoved(reel_id=reel, version=2))
    assert await doing.activity(ben) == []


async def test_published_and_removed_in_one_batch_shows_nothing(doing: Any, ben: Person) -> None:
    post = PostId(new_id())
    await doing.tell(_post(doing, post), PostRemoved(post_id=post, version=2))
    assert await doing.activity(ben) == []


async def test_an_edited_post_shows_its_new_text_once(doing: Any, ben: Person) -> None:
    post = PostId(new_id())
    await doing.tell(_post(doing, post))
    await doing.tell(_post(doing, post, text="What a final!", version=2))
    await doing.tell(_post(doing, post))
    page = await doing.social.get(ben, f"people/{doing.anna.handle}/activity")
    assert [item["text"] for item in page["data"]] == ["What a final!"]


async def test_joining_a_club_shows_to_its_members_until_she_leaves(doing: Any, ben: Person) -> None:
    club = await doing.social.found(ben)
    await doing.social.join(doing.anna, club)
    await doing.social.hub.settle()
    assert await doing.activity(ben) == ["Joined Riverside FC"]
    await doing.social.leave(doing.anna, club)
    await doing.social.hub.settle()
    assert await doing.activity(ben) == []


async def test_going_to_an_event_shows_its_title_until_taken_back(doing: Any, ben: Person, cleo: Person) -> None:
    club = await doing.social.found(ben)
    await doing.social.join(doing.anna, club)
    wish = {"title": "Cup final", "starts_local": "2026-03-17T18:30:00", "tzid": "UTC"}
    event = (await ben.http.post(f"clubs/{club['id']}/events", json=wish)).json()["events"][0]
    await doing.anna.http.put(f"events/{event['id']}/answer", json={"answer": "yes"})
    await doing.social.hub.settle()
    assert "Is going to Cup final" in await doing.activity(ben)
    assert "Is going to Cup final" not in await doing.activity(cleo)
    await doing.anna.http.put(f"events/{event['id']}/answer", json={"answer": "no"})
    await doing.social.hub.settle()
    assert "Is going to Cup final" not in await doing.activity(ben)


async def test_pages_follow_each_other_without_gap_or_double(doing: Any, ben: Person) -> None:
    await doing.tell(*(_post(doing, PostId(new_id()), text=f"{number}") for number in range(7)))
    seen, cursor = [], None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = await doing.social.get(ben, f"people/{doing.anna.handle}/activity", **query)
        seen += [item["text"] for item in page["data"]]
        if (cursor := page["page"]["next"]) is None:
            break
    assert sorted(seen) == [str(number) for number in range(7)]


async def test_a_cursor_of_somebody_else_is_refused(doing: Any, ben: Person) -> None:
    await doing.tell(*(_post(doing, PostId(new_id())) for _ in range(3)))
    page = await doing.social.get(ben, f"people/{doing.anna.handle}/activity", limit=1)
    refused = await ben.http.get(f"people/{ben.handle}/activity", params={"cursor": page["page"]["next"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_cursor")


async def test_joined_and_left_in_one_batch_shows_nothing(doing: Any, ben: Person) -> None:
    club = await doing.social.found(ben)
    about = {"club_id": club["id"], "member_id": doing.anna.id, "club_name": "Riverside FC", "club_hue": 152}
    await doing.tell(
        MembershipChanged(role="member", version=1, **about), MembershipChanged(role=None, version=2, **about)
    )
    assert await doing.activity(ben) == []
