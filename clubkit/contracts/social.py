"""Facts published by social_service. Each carries what search, chat, recommender and notifications need."""

from datetime import datetime, timedelta
from typing import Literal

from clubkit.contracts.base import Fact
from clubkit.ids import ClubId, EventId, MemberId, PostId, ReelId

JoinPolicy = Literal["open", "request", "invite"]
Visibility = Literal["public", "club"]
"""public: any member of the hub; club: members of the club only."""
Role = Literal["owner", "admin", "member"]


class ProfileChanged(Fact, topic="social.people", key="member_id"):
    """The whole profile as it now stands (also sent when it is first made)."""

    member_id: MemberId
    handle: str
    name: str
    bio: str = ""
    hue: int
    avatar_url: str | None = None
    lat: float | None = None
    lon: float | None = None
    version: int = 1


class ClubChanged(Fact, topic="social.clubs", key="club_id"):
    """The whole club as it now stands (also sent when it is founded)."""

    club_id: ClubId
    slug: str
    name: str
    about: str
    sport: str
    hue: int
    join_policy: JoinPolicy
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    members: int = 0
    version: int = 1


class ClubClosed(Fact, topic="social.clubs", key="club_id"):
    club_id: ClubId


class MembershipChanged(Fact, topic="social.clubs", key="club_id"):
    """A member's standing in a club changed. `role` None: no longer a member. `version` rises per (club, member)."""

    club_id: ClubId
    member_id: MemberId
    role: Role | None
    version: int
    club_name: str
    club_hue: int


class JoinAsked(Fact, topic="social.clubs", key="club_id"):
    """Somebody asked to be let into a club that decides itself."""

    club_id: ClubId
    club_name: str
    club_slug: str
    member_id: MemberId
    member_name: str


class JoinAnswered(Fact, topic="social.clubs", key="club_id"):
    """A club let somebody in, or did not."""

    club_id: ClubId
    club_name: str
    club_slug: str
    member_id: MemberId
    welcome: bool


class PostPublished(Fact, topic="social.posts", key="post_id"):
    """A post as it now stands; sent again when it is edited."""

    post_id: PostId
    club_id: ClubId | None
    author_id: MemberId
    author_name: str
    text: str
    visibility: Visibility
    has_media: bool = False
    created_at: datetime
    version: int = 1


class PostRemoved(Fact, topic="social.posts", key="post_id"):
    post_id: PostId
    version: int


class CommentWritten(Fact, topic="social.posts", key="post_id"):
    """Somebody commented on a post; `parent_author_id` when it replies to a comment."""

    comment_id: str
    post_id: PostId
    post_author_id: MemberId
    parent_author_id: MemberId | None = None
    club_id: ClubId | None = None
    author_id: MemberId
    author_name: str
    preview: str


class EventScheduled(Fact, topic="social.events", key="event_id"):
    """An event (one occurrence) as it now stands; sent again when it is moved or edited."""

    event_id: EventId
    series_id: str
    club_id: ClubId
    club_name: str
    club_hue: int
    host_id: MemberId
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime
    tzid: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    capacity: int | None = None
    visibility: Visibility
    created_at: datetime
    version: int = 1


class EventCancelled(Fact, topic="social.events", key="event_id"):
    event_id: EventId
    series_id: str
    club_id: ClubId
    title: str
    starts_at: datetime
    version: int


class EventAnswered(Fact, topic="social.events", key="event_id"):
    """A member's answer to an event is another than before. The newest of a (member, event) replaces the others."""

    event_id: EventId
    club_id: ClubId
    member_id: MemberId
    answer: Literal["yes", "maybe", "no"]


class SeatGiven(Fact, topic="social.events", key="event_id"):
    """A member moved up from the waiting line into a seat."""

    event_id: EventId
    club_id: ClubId
    club_hue: int
    title: str
    starts_at: datetime
    tzid: str
    member_id: MemberId


class EventReminderDue(Fact, topic="social.events", key="event_id"):
    """It is time to remind those who are coming, or may come."""

    event_id: EventId
    club_id: ClubId
    club_hue: int
    title: str
    place: str = ""
    starts_at: datetime
    tzid: str
    minutes_before: int
    member_ids: tuple[MemberId, ...]


class ReelPublished(Fact, topic="social.reels", key="reel_id"):
    """A reel is transcoded and can be watched; sent again when its caption changes."""

    reel_id: ReelId
    club_id: ClubId
    author_id: MemberId
    author_name: str
    caption: str
    duration_s: float
    poster_url: str
    visibility: Visibility
    created_at: datetime
    version: int = 1


class ReelRemoved(Fact, topic="social.reels", key="reel_id"):
    reel_id: ReelId
    version: int


class BadgeEarned(Fact, topic="social.badges", key="member_id"):
    member_id: MemberId
    member_name: str
    badge: str
    title: str


class SearchRebuildAsked(Fact, topic="social.search", key="index", keep=timedelta(days=7)):
    """The search index shall be made anew by the process that writes it."""

    index: str
