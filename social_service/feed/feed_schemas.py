"""The wire shapes of the home feed (a list of unlike things, each with its own card) and of what is noted about it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clubkit.contracts.base import Contract
from clubkit.contracts.interactions import ItemKind, Surface
from clubkit.contracts.ranking import Reason
from clubkit.ids import ClubId, FixtureId, RankId
from social_service.events.schemas import EventCard
from social_service.feed.schemas import ItemId, PostCard, RankRef
from social_service.reels.schemas import ReelCard

Tab = Literal["following", "clubs", "for-you"]
ItemType = Literal["post", "event", "reel", "pick"]
Uuid = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", to_lower=True),
]


class _Item(Contract):
    at: datetime = Field(description="when it came into being; lists that are not ranked stand in this order")
    reason: Reason | None = Field(None, description="why it is here, on ranked lists")
    rank_id: RankId | None = Field(None, description="to send along with what the member does with it")


class PostItem(_Item):
    type: Literal["post"] = "post"
    post: PostCard


class EventItem(_Item):
    type: Literal["event"] = "event"
    event: EventCard


class ReelItem(_Item):
    type: Literal["reel"] = "reel"
    reel: ReelCard


class PickItem(_Item):
    """A fixture to predict. Its card is the picks board's to give."""

    type: Literal["pick"] = "pick"
    fixture_id: FixtureId


FeedItem = Annotated[PostItem | EventItem | ReelItem | PickItem, Field(discriminator="type")]


class FeedPageInfo(Contract):
    next: str | None = Field(None, description="cursor of the next page; null at the end")
    prev: str | None = None


class FeedPage(Contract):
    """A page of the home feed. `degraded`: a sentence when it should have been ranked and is not."""

    data: tuple[FeedItem, ...]
    page: FeedPageInfo = FeedPageInfo()
    degraded: str | None = None


class Hide(Contract):
    """Less like this."""

    kind: ItemKind
    item_id: ItemId
    club_id: Annotated[ClubId, StringConstraints(max_length=36)] | None = None
    surface: Surface = "for_you"
    rank_id: RankRef | None = None


class Signal(Contract):
    """How long something was looked at. What is too large is cut to what can be."""

    view_id: Uuid = Field(description="made by the app for one sighting; sent twice it counts once")
    kind: ItemKind
    item_id: ItemId
    ms_visible: int = Field(ge=0, le=2**40)
    ms_played: int | None = Field(None, ge=0, le=2**40)
    loops: int | None = Field(None, ge=0, le=1_000_000)
    club_id: Annotated[ClubId, StringConstraints(max_length=36)] | None = None
    surface: Surface
    rank_id: RankRef | None = None


class Signals(Contract):
    signals: tuple[Signal, ...] = Field(min_length=1, max_length=100)


class SignalsTaken(Contract):
    """How many counted. 0 also when the member keeps her reading habits to herself."""

    taken: int
