"""The wire shapes of notifications, and what somebody is to be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import Field

from clubkit.contracts.base import Contract
from clubkit.ids import ClubId, MemberId
from social_service.clubs.schemas import ClubBrief
from social_service.people.schemas import PersonBrief

NotificationKind = Literal[
    "event_scheduled", "event_changed", "event_cancelled", "event_reminder", "seat", "comment", "reply", "reaction",
    "badge", "message", "reported", "join_asked", "join_answered", "pick_settled",
]  # fmt: skip
MOST_ACTORS = 3


@dataclass(frozen=True)
class Note:
    """Something to tell several members. Unread notes of one `group` become one notification."""

    to: Collection[MemberId]
    group: str
    kind: NotificationKind
    subject_id: str
    link: str
    at: datetime
    words: Mapping[str, str | int | bool] = field(default_factory=dict)
    actor: MemberId | None = None
    club_id: ClubId | None = None
    once_each: bool = False
    """Counts people, not times: a second reaction of the same member is no news."""


class Notification(Contract):
    """One entry of the notification centre. `text` is English; an app may say it in its own words from the rest."""

    id: str
    kind: NotificationKind
    text: str
    detail: str = Field(description="a line below the text, or empty")
    link: str = Field(description="path inside the app")
    subject_id: str
    club: ClubBrief | None
    actors: tuple[PersonBrief, ...] = Field(description="who, newest first, at most three")
    count: int = Field(description="how many times, by however many")
    at: datetime
    seen: bool
    read: bool


class Unread(Contract):
    """`unread`: not opened yet; `unseen`: arrived since the centre was last looked at (the badge)."""

    unread: int
    unseen: int


class NotificationNews(Contract):
    """The wire's `notification.new`."""

    id: str
    unread: int


class NotificationCount(Contract):
    """The wire's `notification.count`: read on another device."""

    unread: int
