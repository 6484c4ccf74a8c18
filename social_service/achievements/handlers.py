"""Achievements and activity are counted from the log alone. A new badge is back-filled by reading it again."""

from collections.abc import Sequence

from clubkit.contracts.base import Fact
from clubkit.contracts.chat import MessageSent
from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import (
    BadgeEarned,
    MembershipChanged,
    PostPublished,
    PostRemoved,
    ReelPublished,
    ReelRemoved,
)
from clubkit.contracts.sports import PickSettled
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from social_service.achievements import earning, noting

badges = Consumer("social_service.badges", max_batch=500, linger=0.5)
activity = Consumer("social_service.activity", max_batch=500, linger=0.5)


@badges.on_batch(MemberInteracted, MessageSent, PostPublished, PickSettled)
async def count(work: UnitOfWork, facts: Sequence[Fact]) -> None:
    await earning.count(work, facts)


@activity.on_batch(
    MemberInteracted, BadgeEarned, PostPublished, PostRemoved, ReelPublished, ReelRemoved, MembershipChanged
)
async def note(work: UnitOfWork, facts: Sequence[Fact]) -> None:
    await noting.note(work, facts)
