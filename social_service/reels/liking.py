"""The rules of likes: one per member, counted in the transaction that keeps it."""

from clubkit.contracts.interactions import Action, MemberInteracted
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, ReelId
from social_service.clubs import service as clubs
from social_service.reels.errors import ReelNotFound
from social_service.reels.models import ReelRow
from social_service.reels.schemas import LikeIn, LikeState
from social_service.reels.store import LikeStore, ReelStore


async def like(work: UnitOfWork, member_id: MemberId, reel_id: ReelId, how: LikeIn) -> LikeState:
    """Liking twice is liking once. Raises ReelNotFound."""
    row = await _watchable(work, member_id, reel_id)
    store = LikeStore(work)
    likes = row.likes
    if await store.add(reel_id, member_id, work.now):
        likes = await store.count(reel_id, 1)
        _tell(work, row, member_id, "like", how)
    return LikeState(likes=likes, liked=True)


async def unlike(work: UnitOfWork, member_id: MemberId, reel_id: ReelId, how: LikeIn) -> LikeState:
    """Raises ReelNotFound."""
    row = await _watchable(work, member_id, reel_id)
    store = LikeStore(work)
    likes = row.likes
    if await store.take_back(reel_id, member_id):
        likes = await store.count(reel_id, -1)
        _tell(work, row, member_id, "unlike", how)
    return LikeState(likes=likes, liked=False)


async def _watchable(work: UnitOfWork, member_id: MemberId, reel_id: ReelId) -> ReelRow:
    row = await ReelStore(work).reel(reel_id, await clubs.viewer(work, member_id))
    if row is None or row.state != "ready":
        raise ReelNotFound
    return row


def _tell(work: UnitOfWork, row: ReelRow, member_id: MemberId, action: Action, how: LikeIn) -> None:
    work.publish(
        MemberInteracted(
            member_id=member_id, kind="reel", item_id=row.id, action=action, club_id=ClubId(row.club_id),
            surface=how.surface, rank_id=how.rank_id, at=work.now,
        )
    )  # fmt: skip
