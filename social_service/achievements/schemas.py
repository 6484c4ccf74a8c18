"""The wire shapes of achievements and of a member's activity."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from clubkit.contracts.base import Contract
from clubkit.ids import ClubId, MemberId

ActivityKind = Literal["badge", "event", "reel", "post", "club"]


class ProgressOut(Contract):
    """How far one way to the badge has come."""

    label: str
    have: int
    need: int


class BadgeOut(Contract):
    """A badge, earned or on its way. A badge with two ways is earned by either."""

    badge: str
    title: str
    text: str = Field(description="what it is given for")
    hue: int
    glyph: str
    earned_at: datetime | None
    have: int = Field(description="of the way that has come furthest")
    need: int
    ways: tuple[ProgressOut, ...]
    holders: int = Field(description="how many members of the hub have it")


class Achievements(Contract):
    member_id: MemberId
    earned: int
    badges: tuple[BadgeOut, ...]


class ActivityItem(Contract):
    """One thing a member did that the asker may see."""

    id: str
    kind: ActivityKind
    item_id: str
    title: str
    text: str
    club_id: ClubId | None
    at: datetime
