"""Pushes to a member's devices: wanted or not, and moved by a browser."""

from fastapi import APIRouter

from chat_service.pushes import subscribing
from chat_service.pushes.schemas import MovedSubscription, PushHere, Subscription
from clubkit.cache.limits import Rate, limited
from clubkit.http.dependencies import CurrentMember, Reading, Work

router = APIRouter(prefix="/chat/push", tags=["chat"])

MOVE_RATE = Rate(30, per=60)
"""By address: no member is behind it."""


@router.get("")
async def get_push_here(member: CurrentMember, work: Reading) -> PushHere:
    return await subscribing.here(work, member)


@router.put("")
async def subscribe_to_push(wish: Subscription, member: CurrentMember, work: Work) -> PushHere:
    """Has the device of this session told of mentions and direct messages; another subscription replaces its first."""
    return await subscribing.subscribe(work, member, wish)


@router.delete("", status_code=204)
async def unsubscribe_from_push(member: CurrentMember, work: Work) -> None:
    await subscribing.unsubscribe(work, member.session_id)


@router.post("/moved", status_code=204, dependencies=[limited("push.moved", MOVE_RATE)])
async def move_push(moved: MovedSubscription, work: Work) -> None:
    """A browser's own push service gave it another subscription; it proves by the old one's secret which it was."""
    await subscribing.move(work, moved)
