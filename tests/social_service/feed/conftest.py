"""A home feed with things in it, and a ranker that does as it is told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from clubkit.contracts.ranking import Ranked, RankedKind, Ranker, Ranking, Reason
from clubkit.ids import MemberId, RankId, new_id
from clubkit.testing.hub import Person
from social_service.reels.models import ReelRow
from tests.social_service.conftest import Social


@dataclass
class Home:
    """Social, seen from its home page."""

    social: Social

    async def event(self, by: Person, club: dict[str, Any], title: str = "Training", **more: Any) -> dict[str, Any]:
        self.social.hub.clock.advance(timedelta(seconds=1))
        wish = {"title": title, "starts_local": "2026-05-05T18:30:00", "tzid": "Europe/Berlin"} | more
        response = await by.http.post(f"clubs/{club['id']}/events", json=wish)
        assert response.status_code == 201, response.text
        return dict(response.json()["events"][0])

    async def reel(self, by: Person, club: dict[str, Any], caption: str = "Top corner", **more: Any) -> str:
        """A reel that is ready, as if it had been uploaded and prepared."""
        now = self.social.hub.clock.advance(timedelta(seconds=1))
        row = {
            "id": new_id(now), "author_id": by.id, "club_id": club["id"], "caption": caption, "visibility": "club",
            "state": "ready", "job_id": "", "duration_s": 12.0, "created_at": now, "published_at": now,
        } | more  # fmt: skip
        async with self.social.hub.works.open() as work:
            work.session.add(ReelRow(**row))
        return str(row["id"])

    async def page(self, who: Person, tab: str, **query: Any) -> dict[str, Any]:
        return await self.social.get(who, "feed", tab=tab, **query)

    async def items(self, who: Person, tab: str, **query: Any) -> list[tuple[str, str]]:
        """(type, id) of a page's items."""
        return [(item["type"], id_of(item)) for item in (await self.page(who, tab, **query))["data"]]

    async def everything(self, who: Person, tab: str, limit: int) -> list[tuple[str, str]]:
        """(type, id) of all items, page by page."""
        found: list[tuple[str, str]] = []
        cursor: dict[str, str] = {}
        while True:
            page = await self.page(who, tab, limit=limit, **cursor)
            assert len(page["data"]) <= limit
            found += [(item["type"], id_of(item)) for item in page["data"]]
            if page["page"]["next"] is None:
                return found
            cursor = {"cursor": page["page"]["next"]}


def id_of(item: dict[str, Any]) -> str:
    return str(item["fixture_id"] if item["type"] == "pick" else item[item["type"]]["id"])


@dataclass
class ScriptedRanker:
    """Answers the lists it was given, as slowly or as badly as it was told."""

    lists: dict[RankedKind, list[str]] = field(default_factory=dict)
    degraded: str | None = None
    delay: float = 0.0
    failure: Exception | None = None
    asked: list[tuple[MemberId, RankedKind]] = field(default_factory=list)

    async def rank(
        self, member_id: MemberId, kind: RankedKind, *, limit: int, now: datetime, surface: str = "for_you"
    ) -> Ranking:
        self.asked.append((member_id, kind))
        await asyncio.sleep(self.delay)
        if self.failure:
            raise self.failure
        items = tuple(self._item(kind, item_id) for item_id in self.lists.get(kind, [])[:limit])
        return Ranking(rank_id=RankId(f"rank-{kind}"), model_version="scripted", items=items, degraded=self.degraded)

    def _item(self, kind: RankedKind, item_id: str) -> Ranked:
        reason = Reason(code="because_you", text="Because you went to Tuesday Intervals")
        return Ranked(item_id=item_id, kind=kind, score=1.0, reason=reason)


@pytest.fixture
async def home(social: Social) -> Home:
    return Home(social)


@pytest.fixture
def ranker(social: Social) -> Callable[..., ScriptedRanker]:
    """`ranker(lists={"event": [...]})` puts a ranker into the hub."""

    def provide(**options: Any) -> ScriptedRanker:
        scripted = ScriptedRanker(**options)
        social.hub.ports.provide(Ranker, scripted)
        return scripted

    return provide
