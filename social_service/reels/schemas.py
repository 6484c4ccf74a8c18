"""The wire shapes of reels."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clubkit.contracts.base import Contract
from clubkit.contracts.interactions import Surface
from clubkit.contracts.ranking import Reason
from clubkit.contracts.social import Visibility
from clubkit.ids import ClubId, JobId, RankId, ReelId
from social_service.clubs.schemas import ClubBrief
from social_service.people.schemas import PersonBrief

ReelState = Literal["waiting", "preparing", "ready", "failed"]
Caption = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class NewReel(Contract):
    """The fields beside the file in the upload form."""

    club_id: ClubId
    caption: Caption = ""
    visibility: Visibility = "club"


class ReelPatch(Contract):
    caption: Caption


class ReelCard(Contract):
    """A reel as it stands in lists. Only its author meets one that is not ready."""

    id: ReelId
    club: ClubBrief
    author: PersonBrief
    caption: str
    state: ReelState
    video_url: str | None
    poster_url: str | None
    captions_url: str | None
    colour: str | None = Field(description="average colour of the poster, #rrggbb")
    tiny: str | None = Field(description="a few pixels as a data URI, to show while loading")
    width: int | None
    height: int | None
    duration_s: float
    likes: int
    liked: bool
    mine: bool
    visibility: Visibility
    created_at: datetime
    version: int


class ReelOut(ReelCard):
    """The reel's own page, with how far its preparation has come."""

    progress: float = Field(description="0…1")
    stage: str
    failure: str | None = Field(description="why it could not be prepared, in a sentence")
    may_remove: bool


class ReelAccepted(Contract):
    reel: ReelOut
    job_id: JobId


class RankedReel(ReelCard):
    """A reel in the feed, with why it is there."""

    reason: Reason | None
    rank_id: RankId | None


class ReelFeed(Contract):
    data: tuple[RankedReel, ...]
    next: str | None = Field(description="cursor of the next page; null at the end")
    degraded: str | None = Field(description="a sentence when this is newest-first because ranking was away")


class LikeIn(Contract):
    surface: Surface = "reels"
    rank_id: RankId | None = None


class LikeState(Contract):
    likes: int
    liked: bool


class ReelProgress(Contract):
    """The wire's `reel.progress`, to the author."""

    reel_id: ReelId
    state: ReelState
    progress: float
    stage: str
    failure: str | None = None


class CaptionsOut(Contract):
    captions_url: str
    cues: int
