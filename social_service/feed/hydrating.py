"""From references to cards: each kind in one go, and what may not be seen (any more) drops out."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter

from clubkit.contracts.base import Contract
from clubkit.contracts.ranking import Reason
from clubkit.db.work import UnitOfWork
from clubkit.ids import EventId, FixtureId, RankId, ReelId
from social_service.clubs.schemas import Viewer
from social_service.events import service as events
from social_service.events.schemas import EventCard
from social_service.feed import service as posts
from social_service.feed.feed_schemas import EventItem, FeedItem, ItemType, PickItem, PostItem, ReelItem
from social_service.feed.schemas import PostCard
from social_service.reels import service as reels
from social_service.reels.schemas import ReelCard


class Ref(Contract):
    """Something in a feed before its card: what it is, since when, and why it is there."""

    kind: ItemType
    id: str
    at: datetime
    reason: Reason | None = None
    rank_id: RankId | None = None


REFS: TypeAdapter[tuple[Ref, ...]] = TypeAdapter(tuple[Ref, ...])


async def items(work: UnitOfWork, viewer: Viewer, refs: Sequence[Ref]) -> list[FeedItem]:
    """The items of these references that the viewer may see, in their order.

    The number of queries depends on the kinds, not on how many there are of each.
    """

    def ids(kind: ItemType) -> list[str]:
        return [ref.id for ref in refs if ref.kind == kind]

    cards: dict[tuple[str, str], PostCard | EventCard | ReelCard] = {
        **{("post", card.id): card for card in await posts.cards(work, viewer, ids("post"))},
        **{("event", card.id): card for card in await events.cards(work, viewer, [EventId(i) for i in ids("event")])},
        **{("reel", card.id): card for card in await reels.cards(work, viewer, [ReelId(i) for i in ids("reel")])},
    }
    shown = (_item(ref, cards.get((ref.kind, ref.id))) for ref in refs)
    return [item for item in shown if item is not None]


def _item(ref: Ref, card: PostCard | EventCard | ReelCard | None) -> FeedItem | None:
    if isinstance(card, PostCard):
        return PostItem(at=card.created_at, reason=ref.reason, rank_id=ref.rank_id, post=card)
    if isinstance(card, EventCard):
        return EventItem(at=card.created_at, reason=ref.reason, rank_id=ref.rank_id, event=card)
    if isinstance(card, ReelCard):
        return ReelItem(at=card.created_at, reason=ref.reason, rank_id=ref.rank_id, reel=card)
    if ref.kind == "pick":
        return PickItem(at=ref.at, reason=ref.reason, rank_id=ref.rank_id, fixture_id=FixtureId(ref.id))
    return None
