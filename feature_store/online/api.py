"""My features over HTTP."""

from fastapi import APIRouter

from clubkit.http.dependencies import CurrentMember, Reading, Work
from feature_store.online import service
from feature_store.online.schemas import MyFeatures

router = APIRouter(prefix="/me/features", tags=["features"])


@router.get("")
async def my_features(member: CurrentMember, work: Reading) -> MyFeatures:
    """What the hub has learned about my taste."""
    return await service.mine(work, member.member_id)


@router.delete("", status_code=204)
async def reset_features(member: CurrentMember, work: Work) -> None:
    """Forgets it: recommendations start anew."""
    await service.reset(work, member.member_id)
