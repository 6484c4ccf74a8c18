"""Less like this: hidden at once from what is ranked, told to the log, and taken back as easily."""

from clubkit.contracts.interactions import Action, MemberInteracted
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from social_service.feed.feed_schemas import Hide
from social_service.feed.store import HiddenStore


async def hide(work: UnitOfWork, caller: Caller, wish: Hide) -> None:
    """Once or twice is the same."""
    if await HiddenStore(work).add(caller.member_id, wish.kind, wish.item_id):
        work.publish(_fact(work, caller, wish, "hide"))


async def unhide(work: UnitOfWork, caller: Caller, wish: Hide) -> None:
    if await HiddenStore(work).remove(caller.member_id, wish.kind, wish.item_id):
        work.publish(_fact(work, caller, wish, "unhide"))


def _fact(work: UnitOfWork, caller: Caller, wish: Hide, action: Action) -> MemberInteracted:
    return MemberInteracted(
        member_id=caller.member_id, kind=wish.kind, item_id=wish.item_id, action=action, club_id=wish.club_id,
        surface=wish.surface, rank_id=wish.rank_id, at=work.now,
    )  # fmt: skip
