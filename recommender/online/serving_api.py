"""Rankings for the hub's other processes."""

from typing import Annotated

from fastapi import APIRouter

from clubkit.contracts.ranking import Ranker, Ranking, RankingAsked
from clubkit.http.dependencies import port
from clubkit.http.internal import InternalOnly

root_router = APIRouter(prefix="/internal", include_in_schema=False, dependencies=[InternalOnly])


@root_router.post("/rankings")
async def rank(asked: RankingAsked, ranker: Annotated[Ranker, port(Ranker)]) -> Ranking:
    """What social asks the `Ranker` for."""
    return await ranker.rank(asked.member_id, asked.kind, limit=asked.limit, now=asked.now, surface=asked.surface)
