"""For you: ranked, with reasons, in one list that holds still; and what happens without a ranker."""

from collections.abc import Callable
from typing import Any

import pytest

from clubkit.cache import Redis
from clubkit.testing.hub import Person
from social_service.feed.ranking import AWAY, SWITCHED_OFF
from tests.social_service.counting import queries_of

MakeRanker = Callable[..., Any]


async def test_items_come_as_ranked_with_their_reasons(
    social: Any, home: Any, ranker: MakeRanker, anna: Person
) -> None:
    club = await social.found(anna)
    first, second = await home.event(anna, club, "first"), await home.event(anna, club, "second")
    reel = await home.reel(anna, club)
    ranker(lists={"event": [second["id"], first["id"]], "reel": [reel], "pick": ["fixture-1"]})
    page = await home.page(anna, "for-you")
    assert page["degraded"] is None
    assert [(item["type"], item["rank_id"]) for item in page["data"]] == [
        ("event", "rank-event"), ("reel", "rank-reel"), ("event", "rank-event"), ("pick", "rank-pick"),
    ]  # fmt: skip
    assert [i["event"]["title"] for i in page["data"] if i["type"] == "event"] == ["second", "first"]
    assert page["data"][0]["reason"]["text"] == "Because you went to Tuesday Intervals"
    assert page["data"][3]["fixture_id"] == "fixture-1"


async def test_posts_of_my_clubs_stand_between(social: Any, home: Any, ranker: MakeRanker, anna: Person) -> None:
    club = await social.found(anna)
    posts = [await social.post(anna, f"{n}", club_id=club["id"]) for n in range(5)]
    events = [(await home.event(anna, club, f"{n}"))["id"] for n in range(3)]
    ranker(lists={"event": events})
    kinds = [kind for kind, _ in await home.items(anna, "for-you")]
    assert kinds == ["event", "post", "event", "post", "post", "event", "post", "post"]
    shown = [item_id for kind, item_id in await home.items(anna, "for-you") if kind == "post"]
    assert shown == [post["id"] for post in reversed(posts)]


async def test_what_may_not_be_seen_any_more_drops_out(
    social: Any, home: Any, ranker: MakeRanker, anna: Person, ben: Person
) -> None:
    club = await social.found(anna)
    inside, outside = await home.event(anna, club), await home.event(anna, club, visibility="public")
    ranker(lists={"event": [inside["id"], "nowhere", outside["id"]], "reel": [await home.reel(anna, club)]})
    assert await home.items(ben, "for-you") == [("event", outside["id"])]


@pytest.mark.parametrize("limit", [1, 3, 4])
async def test_the_list_holds_still_while_it_is_paged(
    social: Any, home: Any, ranker: MakeRanker, anna: Person, limit: int
) -> None:
    club = await social.found(anna)
    events = [(await home.event(anna, club, f"{n}"))["id"] for n in range(6)]
    scripted = ranker(lists={"event": events})
    whole = await home.items(anna, "for-you", limit=100)
    first = await home.page(anna, "for-you", limit=limit)
    scripted.lists["event"] = list(reversed(events))
    await social.post(anna, "new", club_id=club["id"])
    found = [("event", item["event"]["id"]) for item in first["data"]]
    cursor = first["page"]["next"]
    while cursor:
        page = await home.page(anna, "for-you", limit=limit, cursor=cursor)
        found += [("event", item["event"]["id"]) for item in page["data"]]
        cursor = page["page"]["next"]
    assert found == whole


async def test_a_forgotten_list_is_ranked_anew_and_read_on(
    social: Any, home: Any, ranker: MakeRanker, anna: Person
) -> None:
    club = await social.found(anna)
    events = [(await home.event(anna, club, f"{n}"))["id"] for n in range(4)]
    ranker(lists={"event": events})
    cursor = (await home.page(anna, "for-you", limit=2))["page"]["next"]
    await social.hub.port(Redis).flushall()
    assert await home.items(anna, "for-you", limit=2, cursor=cursor) == [("event", events[2]), ("event", events[3])]


async def test_a_list_is_nobody_elses(social: Any, home: Any, ranker: MakeRanker, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    events = [(await home.event(anna, club, f"{n}", visibility="public"))["id"] for n in range(4)]
    scripted = ranker(lists={"event": events})
    cursor = (await home.page(anna, "for-you", limit=2))["page"]["next"]
    scripted.lists["event"] = []
    assert await home.items(ben, "for-you", limit=2, cursor=cursor) == []


async def test_without_a_ranker_it_is_newest_first_and_says_so(social: Any, home: Any, anna: Person) -> None:
    club = await social.found(anna)
    older, newer = await home.event(anna, club, "older"), await home.event(anna, club, "newer")
    post = await social.post(anna, club_id=club["id"])
    page = await home.page(anna, "for-you")
    assert page["degraded"] == AWAY
    assert await home.items(anna, "for-you") == [("event", newer["id"]), ("post", post["id"]), ("event", older["id"])]
    assert all(item["reason"] is None and item["rank_id"] is None for item in page["data"])


@pytest.mark.parametrize("trouble", [{"delay": 5.0}, {"failure": RuntimeError("no model")}])
async def test_a_slow_or_broken_ranker_does_not_hold_up_the_feed(
    social: Any, home: Any, ranker: MakeRanker, anna: Person, trouble: dict[str, Any]
) -> None:
    club = await social.found(anna)
    event = await home.event(anna, club)
    ranker(**trouble)
    page = await home.page(anna, "for-you")
    assert page["degraded"] == AWAY
    assert [item["event"]["id"] for item in page["data"]] == [event["id"]]


async def test_the_rankers_own_fallback_is_passed_on(social: Any, home: Any, ranker: MakeRanker, anna: Person) -> None:
    event = await home.event(anna, await social.found(anna))
    ranker(lists={"event": [event["id"]]}, degraded="The model is being trained; this is what is popular.")
    page = await home.page(anna, "for-you")
    assert page["degraded"] == "The model is being trained; this is what is popular."
    assert page["data"][0]["reason"] is not None


async def test_who_switched_it_off_is_not_ranked_for(social: Any, home: Any, ranker: MakeRanker, anna: Person) -> None:
    event = await home.event(anna, await social.found(anna))
    scripted = ranker(lists={"event": []})
    await anna.http.patch("me", json={"personalise": False})
    page = await home.page(anna, "for-you")
    assert (page["degraded"], scripted.asked) == (SWITCHED_OFF, [])
    assert [item["event"]["id"] for item in page["data"]] == [event["id"]]


async def test_the_queries_do_not_grow_with_the_items(social: Any, home: Any, ranker: MakeRanker, anna: Person) -> None:
    club = await social.found(anna)
    scripted = ranker(lists={"event": [], "reel": [], "pick": ["fixture-1"]})
    costs = []
    for many in (1, 8):
        for n in range(many):
            await social.post(anna, f"{n}", club_id=club["id"])
            scripted.lists["event"].append((await home.event(anna, club, f"{n}"))["id"])
            scripted.lists["reel"].append(await home.reel(anna, club, f"{n}"))
        async with queries_of(social.hub) as queries:
            assert len(await home.items(anna, "for-you", limit=50)) >= 3 * many + 1
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 16


async def test_less_like_this_is_gone_at_once_and_comes_back_as_easily(
    social: Any, home: Any, ranker: MakeRanker, anna: Person
) -> None:
    club = await social.found(anna)
    event, post = await home.event(anna, club), await social.post(anna, club_id=club["id"])
    ranker(lists={"event": [event["id"]], "pick": ["fixture-1"]})
    for kind, item_id in (("event", event["id"]), ("post", post["id"]), ("pick", "fixture-1")):
        before = await home.items(anna, "for-you")
        for _ in range(2):
            hidden = await anna.http.post("feed/hide", json={"kind": kind, "item_id": item_id, "rank_id": "rank-1"})
            assert hidden.status_code == 204
        assert await home.items(anna, "for-you") == [each for each in before if each != (kind, item_id)]
        for _ in range(2):
            assert (await anna.http.delete(f"feed/hide/{kind}/{item_id}")).status_code == 204
        assert await home.items(anna, "for-you") == before
