"""Recommendations over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from clubkit.contracts.base import Contract
from clubkit.contracts.ranking import RankedKind, Ranker
from clubkit.http.dependencies import CurrentAdmin, CurrentMember, Reading, Work, port
from clubkit.ids import JobId
from recommender.catalogue import service as catalogue
from recommender.online.live import LiveRanking
from recommender.online.schemas import ModelStatus, Recommendations, Recommended
from recommender.registry.versions import Registry

router = APIRouter(tags=["recommendations"])


class Started(Contract):
    job_id: JobId


@router.get("/recommendations")
async def list_recommendations(
    member: CurrentMember,
    work: Reading,
    ranker: Annotated[Ranker, port(Ranker)],
    kind: RankedKind,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Recommendations:
    """What the hub would show me now, best first, each with its reason."""
    ranking = await ranker.rank(member.member_id, kind, limit=limit, now=work.now)
    cards = await catalogue.cards(work, [item.item_id for item in ranking.items])
    data = tuple(
        Recommended(
            id=item.item_id, kind=item.kind, score=item.score, reason=item.reason, rank_id=ranking.rank_id,
            card=cards.get(item.item_id, {}),
        )
        for item in ranking.items
    )  # fmt: skip
    return Recommendations(
        data=data, rank_id=ranking.rank_id, model_version=ranking.model_version, degraded=ranking.degraded
    )


@router.get("/recommendations/model")
async def show_model(
    _: CurrentMember, live: Annotated[LiveRanking, port(LiveRanking)], registry: Annotated[Registry, port(Registry)]
) -> ModelStatus:
    """The model that serves."""
    current = registry.current()
    items = {kind: live.engine(kind).catalogue.size for kind in ("event", "reel", "pick")}
    manifest = registry.manifest(current) if current and current == live.version else None
    return ModelStatus(version=live.version, is_warm=live.is_warm, items=items, manifest=manifest)


@router.post("/admin/train", status_code=202)
async def train_model(_: CurrentAdmin, work: Work) -> Started:
    """Has a new model trained in the background; it serves as soon as it is done."""
    return Started(job_id=work.schedule("recommender.train"))
