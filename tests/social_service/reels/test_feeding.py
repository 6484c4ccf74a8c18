"""The reels feed and lists: ranked with reasons, newest first when ranking is away, never twice, never unseen."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from clubkit.cache import Redis
from clubkit.contracts.ranking import Ranked, Ranker, Ranking, Reason
from clubkit.ids import MemberId, RankId, ReelId, new_id
from clubkit.testing.hub import Person
from social_service.clubs import service as clubs
from social_service.reels import service
from social_service.reels.models import ReelRow


class AsTold:
    """A ranker that ranks as the test says."""

    def __init__(self, ids: list[str], *, fails: bool = False, slow: float = 0, degraded: str | None = None) -> None:
        self.ids, self.fails, self.slow, self.degraded = ids, fails, slow, degraded
        self.asked = 0

    async def rank(
        self, member_id: MemberId, kind: Any, *, limit: int, now: datetime, surface: Any = "for_you"
    ) -> Ranking:
        self.asked += 1
        assert (kind, surface) == ("reel", "reels")
        await asyncio.sleep(self.slow)
        if self.fails:
            raise RuntimeError("no model")
        reason = Reason(code="popular", text="Many liked it")
        items = tuple(Ranked(item_id=each, kind="reel", score=1, reason=reason) for each in self.ids[:limit])
        return Ranking(rank_id=RankId(new_id()), model_version="test", items=items, degraded=self.degraded)


async def reels(studio: Any, count: int, **more: Any) -> list[str]:
    """Reels that are ready, oldest first, put there without the work of preparing them."""
    about = {
        "author_id": studio.anna.id, "club_id": studio.club["id"], "visibility": "club", "state": "ready", "job_id": "",
        "duration_s": 3.0, "created_at": studio.hub.clock(),
    }  # fmt: skip
    rows = []
    for number in range(count):
        at = studio.hub.clock() + timedelta(seconds=number)
        rows.append(ReelRow(**({"id": new_id(), "caption": f"{number}", "published_at": at} | about | more)))
    async with studio.hub.works.open() as work:
        work.session.add_all(rows)
    return [row.id for row in rows]


def ranked_by(studio: Any, *args: Any, **more: Any) -> AsTold:
    ranker = AsTold(*args, **more)
    studio.hub.ports.provide(Ranker, ranker)
    return ranker


async def turn(studio: Any, who: Person, limit: int = 3) -> list[list[dict[str, Any]]]:
    """The pages of the feed, to its end."""
    pages, query = [], {"limit": limit}
    while True:
        page = await studio.social.get(who, "reels/feed", **query)
        pages.append(page["data"])
        if page["next"] is None:
            return pages
        query["cursor"] = page["next"]


async def test_the_feed_is_in_the_rankers_order_with_its_reasons(studio: Any, ben: Person) -> None:
    ids = await reels(studio, 4)
    ranked_by(studio, [ids[2], ids[0], ids[3]])
    page = await studio.social.get(ben, "reels/feed", limit=2)
    assert [reel["id"] for reel in page["data"]] == [ids[2], ids[0]]
    assert page["data"][0]["reason"]["text"] == "Many liked it"
    assert page["data"][0]["rank_id"]
    assert page["degraded"] is None


async def test_after_the_ranking_come_the_rest_newest_first_and_none_twice(studio: Any, ben: Person) -> None:
    ids = await reels(studio, 8)
    ranker = ranked_by(studio, [ids[2], ids[0], ids[3], ids[1]])
    pages = await turn(studio, ben, 4)
    assert [len(page) for page in pages] == [4, 4]
    seen = [reel["id"] for page in pages for reel in page]
    assert seen == [ids[2], ids[0], ids[3], ids[1], *reversed(ids[4:])]
    assert ranker.asked == 1
    assert [reel["id"] for page in await turn(studio, ben, 3) for reel in page] == seen


async def test_what_is_on_screen_stays_when_new_reels_come(studio: Any, ben: Person) -> None:
    ids = await reels(studio, 6)
    ranker = ranked_by(studio, ids)
    first = await studio.social.get(ben, "reels/feed", limit=3)
    ranker.ids = list(reversed(ids))
    await reels(studio, 2)
    second = await studio.social.get(ben, "reels/feed", limit=3, cursor=first["next"])
    assert [reel["id"] for reel in first["data"] + second["data"]] == ids
    last = await studio.social.get(ben, "reels/feed", limit=3, cursor=second["next"])
    assert len(last["data"]) == 2


async def test_what_the_ranker_names_but_she_may_not_see_drops_out(studio: Any) -> None:
    club_only = await reels(studio, 2)
    public = await reels(studio, 1, visibility="public")
    ranked_by(studio, [*club_only, *public, new_id()])
    stranger = await studio.social.member("Zed")
    assert [reel["id"] for page in await turn(studio, stranger) for reel in page] == public


@pytest.mark.parametrize("how", [{"fails": True}, {"slow": 5.0}, None])
async def test_without_ranking_it_is_newest_first_and_says_so(
    studio: Any, ben: Person, how: dict[str, Any] | None
) -> None:
    ids = await reels(studio, 5)
    if how is not None:
        ranked_by(studio, ids, **how)
    page = await studio.social.get(ben, "reels/feed", limit=2)
    assert [reel["id"] for reel in page["data"]] == [ids[4], ids[3]]
    assert page["degraded"].endswith(".")
    assert page["data"][0]["reason"] is None
    seen = [reel["id"] for page in await turn(studio, ben, 2) for reel in page]
    assert seen == list(reversed(ids))


async def test_who_switched_ranking_off_is_not_ranked(studio: Any, ben: Person) -> None:
    ids = await reels(studio, 2)
    ranker = ranked_by(studio, ids)
    await ben.http.patch("me", json={"personalise": False})
    page = await studio.social.get(ben, "reels/feed")
    assert [reel["id"] for reel in page["data"]] == list(reversed(ids))
    assert ranker.asked == 0


async def test_a_forgotten_ranking_is_made_anew(studio: Any, ben: Person) -> None:
    ids = await reels(studio, 6)
    ranker = ranked_by(studio, ids)
    first = await studio.social.get(ben, "reels/feed", limit=3)
    await studio.hub.ports[Redis].flushdb()
    page = await studio.social.get(ben, "reels/feed", limit=3, cursor=first["next"])
    assert [reel["id"] for reel in page["data"]] == ids[:3]
    assert ranker.asked == 2


@pytest.mark.parametrize("cursor", ["garbage", "A" * 80, "x" * 1001])
async def test_a_broken_cursor_is_refused(studio: Any, ben: Person, cursor: str) -> None:
    refused = await ben.http.get("reels/feed", params={"cursor": cursor})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/cursor"


async def test_a_cursor_of_another_list_is_refused(studio: Any, ben: Person) -> None:
    await reels(studio, 3)
    page = await studio.social.get(ben, "reels", limit=1)
    refused = await ben.http.get("reels/feed", params={"cursor": page["page"]["next"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_cursor")


async def test_the_lists_of_a_club_and_of_a_member_page_newest_first(studio: Any, ben: Person) -> None:
    ids = await reels(studio, 5)
    await reels(studio, 1, author_id=ben.id, club_id="another", visibility="public")
    for query in ({"club": studio.club["slug"]}, {"author": studio.anna.handle}):
        seen: list[str] = []
        page = await studio.social.get(ben, "reels", limit=2, **query)
        while True:
            seen += [reel["id"] for reel in page["data"]]
            if page["page"]["next"] is None:
                break
            page = await studio.social.get(ben, "reels", limit=2, cursor=page["page"]["next"], **query)
        assert seen == list(reversed(ids))
    stranger = await studio.social.member("Zed")
    assert (await studio.social.get(stranger, "reels", club=studio.club["id"]))["data"] == []
    assert (await stranger.http.get("reels", params={"club": "nowhere"})).status_code == 404
    assert (await stranger.http.get("reels", params={"author": "nobody"})).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
async def test_cards_take_four_queries_however_many(studio: Any, ben: Person, statements: Any, count: int) -> None:
    ids = [ReelId(each) for each in await reels(studio, count)]
    async with studio.hub.works.reading() as work:
        viewer = await clubs.viewer(work, ben.id)
        with statements() as seen:
            cards = await service.cards(work, viewer, ids)
    assert [card.id for card in cards] == ids
    assert len(seen) == 4


async def test_what_is_new_in_clubs_comes_newest_first(studio: Any) -> None:
    ids = await reels(studio, 3)
    async with studio.hub.works.reading() as work:
        first = await service.recent_ids(work, [studio.club["id"]], None, 2)
        rest = await service.recent_ids(work, [studio.club["id"]], first[-1], 5)
        told = await service.all_after(work, "", 10)
    assert [reel_id for _, reel_id in first + rest] == list(reversed(ids))
    assert sorted(fact.reel_id for fact in told) == sorted(ids)
