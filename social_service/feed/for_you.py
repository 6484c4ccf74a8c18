"""The For-you tab: events, reels and picks as ranked, between the newest posts of her clubs.

The list is fixed when its first page is answered: what is on the screen never moves, and paging never repeats.
"""

from collections.abc import Iterable, Mapping, Sequence

from clubkit.contracts.ranking import RankedKind, Ranker
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from social_service.clubs import service as clubs
from social_service.clubs.schemas import Viewer
from social_service.events import service as events
from social_service.feed.feed_schemas import FeedItem, ItemType
from social_service.feed.hydrating import REFS, Ref, items
from social_service.feed.ranking import Rankings, rankings
from social_service.feed.store import HiddenStore, PostStore, RankedLists
from social_service.people import service as people
from social_service.reels import service as reels
from social_service.settings import RankBudget

RHYTHM: Sequence[ItemType] = ("event", "post", "reel", "event", "post", "pick", "post")
"""What follows what, again and again; a kind that has run out is passed over."""
POSTS = 40
NEWEST = 30

Next = tuple[str, int] | None


async def page(
    work: UnitOfWork, caller: Caller, place: tuple[str, int] | None, limit: int
) -> tuple[list[FeedItem], Next, str | None]:
    """A page, the (list, offset) of the next, and a sentence when it is not ranked.

    A list that was forgotten meanwhile is made anew and read on at the same offset.
    """
    viewer = await clubs.viewer(work, caller.member_id)
    lists = work.port(RankedLists)
    name, offset = place or (None, 0)
    kept = await lists.read(caller.member_id, name) if name else None
    degraded = None
    if kept is None:
        refs, degraded = await ranked(work, viewer)
        name = await lists.keep(caller.member_id, REFS.dump_json(refs).decode()) if len(refs) > offset + limit else None
    else:
        refs = REFS.validate_json(kept)
    shown = await items(work, viewer, refs[offset : offset + limit])
    following = (name, offset + limit) if name and len(refs) > offset + limit else None
    return shown, following, degraded


async def ranked(work: UnitOfWork, viewer: Viewer) -> tuple[tuple[Ref, ...], str | None]:
    """The whole list, without what she hid."""
    wanted = await people.wants_personal(work, viewer.member_id)
    ranker, budget = work.ports.get(Ranker), work.ports[RankBudget]
    answer = await rankings(ranker, viewer.member_id, now=work.now, wanted=wanted, budget=budget)
    lists = await _ranked_refs(work, viewer, answer)
    lists["post"] = [
        Ref(kind="post", id=place.id, at=place.at)
        for place in await PostStore(work).of_clubs(viewer.clubs, None, POSTS)
    ]
    everything = list(_interleave(lists))
    hidden = await HiddenStore(work).among(viewer.member_id, [ref.id for ref in everything])
    return tuple(ref for ref in everything if (ref.kind, ref.id) not in hidden), answer.degraded


async def _ranked_refs(work: UnitOfWork, viewer: Viewer, answer: Rankings) -> dict[ItemType, list[Ref]]:
    if not answer.by_kind:
        return await _newest(work, viewer)
    kinds: tuple[RankedKind, ...] = ("event", "reel", "pick")
    return {
        kind: [
            Ref(kind=kind, id=item.item_id, at=work.now, reason=item.reason, rank_id=answer.by_kind[kind].rank_id)
            for item in answer.by_kind[kind].items
        ]
        for kind in kinds
    }


async def _newest(work: UnitOfWork, viewer: Viewer) -> dict[ItemType, list[Ref]]:
    """Without a ranker: what is new in her clubs."""
    planned = await events.recent_ids(work, viewer.clubs, None, NEWEST)
    published = await reels.recent_ids(work, viewer.clubs, None, NEWEST)
    return {
        "event": [Ref(kind="event", id=i, at=at) for at, i in planned],
        "reel": [Ref(kind="reel", id=i, at=at) for at, i in published],
    }


def _interleave(lists: Mapping[ItemType, Sequence[Ref]]) -> Iterable[Ref]:
    """Takes from the lists in the rhythm until all are used up."""
    waiting = {kind: iter(refs) for kind, refs in lists.items()}
    while waiting:
        for kind in RHYTHM:
            if kind not in waiting:
                continue
            ref = next(waiting[kind], None)
            if ref is None:
                del waiting[kind]
            else:
                yield ref
