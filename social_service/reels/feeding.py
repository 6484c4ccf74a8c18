"""The reels feed: ranked for the member, then newest first; what she has on screen never moves."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import structlog

from clubkit.contracts.ranking import Ranked, Ranker, Ranking
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RankId
from social_service.clubs import service as clubs
from social_service.clubs.schemas import Viewer
from social_service.people import service as people
from social_service.reels import service
from social_service.reels.schemas import RankedReel, ReelCard
from social_service.reels.store import RankedReels, ReelStore
from social_service.settings import RankBudget

log = structlog.get_logger("reels")

RANKED = 60
"""How many are ranked at once. Whoever has seen them all gets the rest newest first."""
AWAY = "These are the newest reels: your own ranking is not available just now."

Place = tuple[str, int] | tuple[str, datetime | None, str]
"""Where a reader is: (rank id, how many seen) in a ranking; (rank id, published at, id) in what comes after it."""
Turned = tuple[list[RankedReel], Place | None, str | None]
"""A page, where the next begins (None: the end), and why it is not ranked (None: it is)."""


async def first_page(work: UnitOfWork, member_id: MemberId, limit: int) -> Turned:
    if not await people.wants_personal(work, member_id):
        return await _newest(work, member_id, "", None, limit, None)
    ranking = await _ranked(work, member_id)
    if ranking is None or not ranking.items:
        return await _newest(work, member_id, "", None, limit, AWAY if ranking is None else ranking.degraded)
    await work.port(RankedReels).keep(member_id, ranking.rank_id, ranking.items)
    reels, after, _ = await _of_ranking(work, member_id, ranking.rank_id, ranking.items, 0, limit)
    return reels, after, ranking.degraded


async def next_page(work: UnitOfWork, member_id: MemberId, place: Place, limit: int) -> Turned:
    """The page behind a place. A ranking that was forgotten meanwhile is made anew."""
    rank_id = RankId(place[0])
    items = await work.port(RankedReels).read(member_id, rank_id) if rank_id else []
    if len(place) == 3:
        before = (place[1], place[2]) if place[1] else None
        return await _newest(work, member_id, rank_id, before, limit, None, items or [])
    if items is None:
        return await first_page(work, member_id, limit)
    return await _of_ranking(work, member_id, rank_id, items, place[1], limit)


async def _of_ranking(
    work: UnitOfWork, member_id: MemberId, rank_id: RankId, items: Sequence[Ranked], start: int, limit: int
) -> Turned:
    """Those of the ranking she may still see; a page that runs out is filled up from the newest."""
    viewer = await clubs.viewer(work, member_id)
    by_id = {item.item_id: item for item in items[start : start + limit]}
    cards = await service.cards(work, viewer, list(by_id))  # type: ignore[arg-type]
    reels = [_shown(card, by_id[card.id], rank_id) for card in cards if card.state == "ready"]
    if start + limit < len(items):
        return reels, (rank_id, start + limit), None
    space = limit - len(reels)
    rest, after, _ = await _newest(work, member_id, rank_id, None, max(1, space), None, items)
    if not space:
        return reels, (rank_id, None, "") if rest else None, None
    return [*reels, *rest], after, None


async def _newest(
    work: UnitOfWork, member_id: MemberId, rank_id: str, before: tuple[datetime, str] | None, limit: int,
    degraded: str | None, seen: Sequence[Ranked] = (),
) -> Turned:  # fmt: skip
    viewer: Viewer = await clubs.viewer(work, member_id)
    skipped = {item.item_id for item in seen}
    rows = await ReelStore(work).newest(viewer, before, limit + len(skipped) + 1)
    fresh = [row for row in rows if row.id not in skipped]
    more, fresh = len(fresh) > limit, fresh[:limit]
    cards = await service.cards_of(work, viewer, fresh)
    after = (rank_id, *service.place_of(fresh[-1])) if more else None
    return [_shown(card, None, None) for card in cards], after, degraded


async def _ranked(work: UnitOfWork, member_id: MemberId) -> Ranking | None:
    """None when the ranker is not there, too slow or broken."""
    ranker = work.ports.get(Ranker)
    if ranker is None:
        return None
    try:
        asked = ranker.rank(member_id, "reel", limit=RANKED, now=work.now, surface="reels")
        async with asyncio.timeout(work.ports[RankBudget].seconds):
            return await asked
    except Exception as failure:  # noqa: BLE001  whatever ails it, the member gets her reels
        log.warning("reels without ranking", error=repr(failure))
        return None


def _shown(card: ReelCard, item: Ranked | None, rank_id: RankId | None) -> RankedReel:
    return RankedReel(**dict(card), reason=item.reason if item else None, rank_id=rank_id)
