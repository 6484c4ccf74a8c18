"""The rule of ingestion: an interaction counts once, online and offline, and moves its member's window."""

from collections.abc import Sequence

from prometheus_client import Histogram

from clubkit.contracts.features import MemberWindowChanged
from clubkit.contracts.interactions import MemberInteracted
from clubkit.db.work import UnitOfWork
from clubkit.ids import FactId, MemberId
from feature_store.offline import staging
from feature_store.online import service as online

PUBLISHED_WINDOW = 50
"""How much of a member's sequence is sent on; models read no further back."""

lag_seconds = Histogram(
    "hub_features_lag_seconds", "From an interaction to its features", buckets=(0.01, 0.05, 0.1, 0.2, 0.5, 1, 5, 60)
)


async def count(work: UnitOfWork, facts: Sequence[MemberInteracted]) -> None:
    """Counts interactions and publishes each member's window once."""
    windows = await online.count(work, facts)
    await staging.keep(work, facts)
    cause: dict[MemberId, FactId] = {fact.member_id: fact.fact_id for fact in facts}
    for member_id, window in windows.items():
        changed = MemberWindowChanged(
            member_id=member_id, window=window[-PUBLISHED_WINDOW:], caused_by=cause[member_id], at=work.now
        )
        work.publish(changed)
    for fact in facts:
        if fact.surface != "import":
            lag_seconds.observe(max(0.0, (work.now - fact.at).total_seconds()))
