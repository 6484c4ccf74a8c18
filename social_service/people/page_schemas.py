"""The wire shapes of a member's own pages: they show clubs too."""

from datetime import datetime

from pydantic import Field

from social_service.clubs.schemas import ClubBrief, MyClub
from social_service.people.schemas import PersonBrief, Theme


class Profile(PersonBrief):
    """A member as others see her. `clubs`: those that anybody may see she is in, or that the asker shares."""

    bio: str
    clubs: tuple[ClubBrief, ...]
    followers: int
    following: int
    followed_by_me: bool
    member_since: datetime


class Me(PersonBrief):
    """The member who asks, with what the app needs to start."""

    bio: str
    lat: float | None
    lon: float | None
    language: str
    theme: Theme
    personalise: bool = Field(description="off: nothing about reading habits is kept, and lists are newest first")
    is_admin: bool
    clubs: tuple[MyClub, ...]
    unread_notifications: int
