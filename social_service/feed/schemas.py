"""The wire shapes of posts, comments and reactions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from clubkit.contracts.base import Contract
from clubkit.contracts.interactions import Surface
from clubkit.contracts.social import Visibility
from clubkit.ids import ClubId, PostId, RankId
from social_service.clubs.schemas import ClubBrief
from social_service.media.schemas import Alt, MediaId, Picture
from social_service.people.schemas import PersonBrief

LONGEST_POST = 8_000
LONGEST_COMMENT = 2_000
MOST_PICTURES = 10

Reaction = Literal["like", "love", "cheer", "laugh", "wow", "sad"]
PostText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_POST)]
CommentText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_COMMENT)]
ItemId = Annotated[str, StringConstraints(min_length=1, max_length=36)]
RankRef = Annotated[RankId, StringConstraints(min_length=1, max_length=64)]


class PostPicture(Contract):
    media_id: MediaId
    alt: Alt = Field("", description="what it shows; empty: as given at the upload")


class NewPost(Contract):
    """`text` is Markdown: emphasis, lists, quotes, code and links; anything else is shown as written."""

    text: PostText = ""
    club_id: ClubId | None = Field(None, max_length=36, description="null: on her own page, for everybody")
    media: tuple[PostPicture, ...] = Field((), max_length=MOST_PICTURES)
    visibility: Visibility | None = Field(None, description="null: club in a club, public elsewhere")
    announce: bool = Field(False, description="every member sees it under Following; needs the capability")

    @model_validator(mode="after")
    def something(self) -> Self:
        if not self.text and not self.media:
            raise ValueError("Write something, or add a picture.")
        if self.club_id is None and (self.visibility == "club" or self.announce):
            raise ValueError("Only a post in a club can be for a club.")
        return self


class EditPost(Contract):
    text: PostText | None = None
    media: tuple[PostPicture, ...] | None = Field(None, max_length=MOST_PICTURES)


class PostCard(Contract):
    """A post as it stands in lists and on its own page."""

    id: PostId
    author: PersonBrief
    club: ClubBrief | None
    text: str
    html: str = Field(description="the text, rendered and sanitised")
    media: tuple[Picture, ...]
    visibility: Visibility
    announce: bool
    reactions: Mapping[Reaction, int] = Field(description="counts by reaction; those nobody used are absent")
    my_reaction: Reaction | None
    comments: int
    created_at: datetime
    edited_at: datetime | None
    version: int = Field(description="to name in If-Match; also the ETag")
    may_edit: bool
    may_remove: bool


class PostVersion(Contract):
    version: int
    text: str
    html: str
    written_at: datetime


class PostHistory(Contract):
    """How a post read before, newest first; the current text is not among them."""

    data: tuple[PostVersion, ...]


class React(Contract):
    reaction: Reaction = "like"
    surface: Surface = "club"
    rank_id: RankRef | None = None


class PostCounts(Contract):
    """The answer to a reaction, and the wire's `post.counts`."""

    post_id: PostId
    reactions: Mapping[Reaction, int]
    comments: int


class Reacted(PostCounts):
    my_reaction: Reaction | None


class Reactor(Contract):
    person: PersonBrief
    reaction: Reaction
    at: datetime


class NewComment(Contract):
    text: CommentText
    parent_id: ItemId | None = Field(None, description="what this replies to; replies to replies join their thread")
    surface: Surface = "club"
    rank_id: RankRef | None = None


class EditComment(Contract):
    text: CommentText


class Comment(Contract):
    """`replies` holds the first few; `more_replies` says how many there are beyond them."""

    id: str
    post_id: PostId
    parent_id: str | None
    author: PersonBrief | None = Field(description="null once it was removed")
    text: str
    html: str
    removed: bool
    created_at: datetime
    edited_at: datetime | None
    may_edit: bool
    may_remove: bool
    replies: tuple["Comment", ...] = ()
    more_replies: int = 0


class FeedNews(Contract):
    """The wire's `feed.new`: something was posted in a club."""

    kind: Literal["post"]
    id: PostId
    club_id: ClubId
