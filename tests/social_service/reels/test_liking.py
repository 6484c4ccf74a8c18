"""Likes: one per member, counted with the row, told once."""

import asyncio
from typing import Any

from sqlalchemy import func, select

from clubkit.contracts.interactions import MemberInteracted
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from social_service.reels.models import ReelLikeRow
from tests.social_service.facts import published


async def like(who: Person, reel: dict[str, Any], **how: Any) -> dict[str, Any]:
    response = await who.http.put(f"reels/{reel['id']}/like", json=how)
    assert response.status_code == 200, response.text
    return dict(response.json())


async def told(studio: Any) -> list[tuple[str, str]]:
    facts = await published(studio.hub, MemberInteracted)
    return [(fact.member_id, fact.action) for fact in facts if fact.kind == "reel"]


async def test_a_like_counts_once_however_often_it_is_sent(studio: Any, ben: Person) -> None:
    reel = await studio.reel()
    assert await like(ben, reel) == {"likes": 1, "liked": True}
    assert await like(ben, reel) == {"likes": 1, "liked": True}
    assert await like(studio.anna, reel) == {"likes": 2, "liked": True}
    assert await told(studio) == [(ben.id, "like"), (studio.anna.id, "like")]


async def test_a_like_can_be_taken_back_and_given_again(studio: Any, ben: Person) -> None:
    reel = await studio.reel()
    await like(ben, reel)
    for _ in range(2):
        assert (await ben.http.delete(f"reels/{reel['id']}/like")).json() == {"likes": 0, "liked": False}
    await like(ben, reel)
    assert await told(studio) == [(ben.id, "like"), (ben.id, "unlike"), (ben.id, "like")]
    page = await studio.page(reel, ben)
    assert (page["likes"], page["liked"]) == (1, True)
    assert (await studio.page(reel))["liked"] is False


async def test_a_like_tells_where_it_was_given(studio: Any, ben: Person) -> None:
    reel, rank = await studio.reel(), new_id()
    await like(ben, reel, surface="for_you", rank_id=rank)
    await ben.http.delete(f"reels/{reel['id']}/like", params={"surface": "profile"})
    facts = [fact for fact in await published(studio.hub, MemberInteracted) if fact.kind == "reel"]
    assert [(f.surface, f.rank_id, f.club_id) for f in facts] == [
        ("for_you", rank, studio.club["id"]), ("profile", None, studio.club["id"]),
    ]  # fmt: skip


async def test_the_counter_is_the_number_of_likes_however_many_come_at_once(studio: Any) -> None:
    reel = await studio.reel(visibility="public")
    people = [studio.hub.person(new_id(), f"p{number}", f"P {number}") for number in range(30)]
    await asyncio.gather(*(like(person, reel) for person in people for _ in range(2)))
    await asyncio.gather(*(person.http.delete(f"reels/{reel['id']}/like") for person in people[:10]))
    async with studio.hub.works.reading() as work:
        rows = await work.session.scalar(select(func.count()).select_from(ReelLikeRow))
    assert (await studio.page(reel))["likes"] == rows == 20


async def test_what_one_may_not_see_one_cannot_like(studio: Any) -> None:
    reel = await studio.reel()
    stranger = await studio.social.member("Zed")
    refused = await stranger.http.put(f"reels/{reel['id']}/like", json={})
    assert (refused.status_code, refused.json()["code"]) == (404, "reel_not_found")
    assert (await stranger.http.delete(f"reels/{reel['id']}/like")).status_code == 404
    assert (await stranger.http.put(f"reels/{new_id()}/like", json={})).status_code == 404


async def test_a_reel_that_is_not_ready_cannot_be_liked(studio: Any) -> None:
    reel = (await studio.upload()).json()["reel"]
    assert (await studio.anna.http.put(f"reels/{reel['id']}/like", json={})).status_code == 404


async def test_a_like_from_nowhere_is_refused(studio: Any, ben: Person) -> None:
    reel = await studio.reel()
    refused = await ben.http.put(f"reels/{reel['id']}/like", json={"surface": "moon"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/surface")
    refused = await ben.http.delete(f"reels/{reel['id']}/like", params={"surface": "moon"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/surface")
