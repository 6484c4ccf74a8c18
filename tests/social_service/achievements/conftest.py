"""A member whose doings are told to the log, as other services would."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from clubkit.contracts.base import Fact
from clubkit.contracts.chat import MessageSent
from clubkit.contracts.interactions import Action, MemberInteracted
from clubkit.contracts.social import BadgeEarned, PostPublished
from clubkit.contracts.sports import Outcome1X2, PickSettled
from clubkit.ids import EventId, FixtureId, MessageId, PostId, RoomId, new_id
from clubkit.testing.hub import Person
from tests.social_service.conftest import Social
from tests.social_service.facts import published


@dataclass
class Doing:
    """What Anna does, and what comes of it."""

    social: Social
    anna: Person

    @property
    def now(self) -> datetime:
        return self.social.hub.clock()

    async def tell(self, *facts: Fact) -> None:
        await self.social.hub.publish(*facts)
        await self.social.hub.settle()

    def answered(self, event: str | None = None, action: Action = "rsvp_yes", *, days: float = 0) -> Fact:
        return MemberInteracted(
            member_id=self.anna.id, kind="event", item_id=event or EventId(new_id()), action=action,
            at=self.now + timedelta(days=days),
        )  # fmt: skip

    def did(self, action: Action, at: datetime) -> Fact:
        return MemberInteracted(member_id=self.anna.id, kind="reel", item_id=new_id(), action=action, at=at)

    def message(self, message: str | None = None) -> Fact:
        return MessageSent(
            room_id=RoomId(new_id()), room_title="Team", club_id=None, message_id=MessageId(message or new_id()),
            seq=1, author_id=self.anna.id, author_name="Anna Berg", preview="hello", at=self.now,
        )  # fmt: skip

    def post(self, post: str | None = None, version: int = 1) -> Fact:
        return PostPublished(
            post_id=PostId(post or new_id()), club_id=None, author_id=self.anna.id, author_name="Anna Berg",
            text="What a match.", visibility="public", created_at=self.now, version=version, at=self.now,
        )  # fmt: skip

    def pick(self, outcome: Outcome1X2, fixture: str | None = None) -> Fact:
        return PickSettled(
            member_id=self.anna.id, fixture_id=FixtureId(fixture or new_id()), home="A", away="B", choice="1",
            outcome=outcome, points=0, at=self.now,
        )  # fmt: skip

    async def badge(self, badge: str) -> dict[str, Any]:
        shown = await self.social.get(self.anna, f"people/{self.anna.handle}/achievements")
        return next(each for each in shown["badges"] if each["badge"] == badge)

    async def progress(self, badge: str) -> tuple[int, int]:
        found = await self.badge(badge)
        return found["have"], found["need"]

    async def earned(self) -> list[str]:
        """The badges that were told to the log, in order."""
        return [fact.badge for fact in await published(self.social.hub, BadgeEarned)]

    async def activity(self, who: Person | None = None, **query: Any) -> list[str]:
        page = await self.social.get(who or self.anna, f"people/{self.anna.handle}/activity", **query)
        return [item["title"] for item in page["data"]]


@pytest.fixture
async def doing(social: Social, anna: Person) -> Doing:
    return Doing(social, anna)
