"""Members' windows from the feature store."""

from collections.abc import Sequence

from clubkit.contracts.features import MemberWindowChanged
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from recommender.online import service

consumer = Consumer("recommender.online", max_batch=500, urgent=True)


@consumer.on_batch(MemberWindowChanged)
async def move(work: UnitOfWork, facts: Sequence[MemberWindowChanged]) -> None:
    await service.move(work, facts)
