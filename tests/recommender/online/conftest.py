"""A hub with features and recommendations, and a small world in it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.ranking import RankedKind, Ranker, Ranking
from clubkit.contracts.social import EventScheduled, MembershipChanged, ReelPublished
from clubkit.ids import ClubId, EventId, MemberId, ReelId, new_id
from clubkit.testing.hub import Person, TestHub
from feature_store.module import MODULE as FEATURES
from recommender.module import MODULE as RECOMMENDER


@dataclass
class World:
    hub: TestHub
    runners: ClubId = field(default_factory=lambda: ClubId(new_id()))
    chess: ClubId = field(default_factory=lambda: ClubId(new_id()))

    def event(self, title: str, club: ClubId, *, days: float = 3, **more: Any) -> EventScheduled:
        starts = self.hub.clock() + timedelta(days=days)
        defaults = {
            "event_id": EventId(new_id()), "series_id": new_id(), "club_id": club,
            "club_name": "Night Runners" if club == self.runners else "Chess Corner", "club_hue": 262,
            "host_id": MemberId(new_id()), "title": title, "text": "", "starts_at": starts,
            "ends_at": starts + timedelta(hours=1), "tzid": "Europe/Berlin", "visibility": "public",
            "created_at": self.hub.clock(),
        }  # fmt: skip
        return EventScheduled.model_validate(defaults | more)

    def reel(self, caption: str, club: ClubId, **more: Any) -> ReelPublished:
        defaults = {
            "reel_id": ReelId(new_id()), "club_id": club, "author_id": MemberId(new_id()), "author_name": "Kwame",
            "caption": caption, "duration_s": 12.0, "poster_url": "/files/x", "visibility": "public",
            "created_at": self.hub.clock(),
        }  # fmt: skip
        return ReelPublished.model_validate(defaults | more)

    async def publish(self, *facts: Any) -> None:
        await self.hub.publish(*facts)
        await self.hub.settle()

    async def act(self, person: Person, kind: Any, item_id: str, action: Any, club: ClubId | None = None) -> None:
        await self.publish(
            MemberInteracted(
                member_id=person.id, kind=kind, item_id=item_id, action=action, club_id=club, at=self.hub.clock()
            )
        )

    async def join(self, person: Person, club: ClubId, *, role: Any = "member", version: int = 1) -> None:
        await self.publish(
            MembershipChanged(
                club_id=club, member_id=person.id, role=role, version=version, club_name="Night Runners", club_hue=262
            )
        )

    async def rank(self, person: Person, kind: RankedKind, limit: int = 10) -> Ranking:
        return await self.hub.port(Ranker).rank(person.id, kind, limit=limit, now=self.hub.clock())

    async def ids(self, person: Person, kind: RankedKind) -> list[str]:
        return [item.item_id for item in (await self.rank(person, kind)).items]


@pytest.fixture
async def world(make_hub: Any) -> World:
    return World(await make_hub(FEATURES, RECOMMENDER))


@pytest.fixture
async def anna(world: World) -> Person:
    return await world.hub.member("Anna")
