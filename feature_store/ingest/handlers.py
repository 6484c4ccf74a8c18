"""Interactions from the log."""

from collections.abc import Sequence

from clubkit.contracts.interactions import MemberInteracted
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from feature_store.ingest import service

consumer = Consumer("feature_store.ingest", max_batch=500, urgent=True)


@consumer.on_batch(MemberInteracted)
async def count(work: UnitOfWork, facts: Sequence[MemberInteracted]) -> None:
    await service.count(work, facts)
