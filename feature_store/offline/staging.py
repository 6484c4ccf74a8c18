"""The rule that runs where interactions are counted. Without PyArrow and DuckDB, which only workers load."""

from collections.abc import Sequence

from clubkit.contracts.interactions import MemberInteracted
from clubkit.db.work import UnitOfWork
from feature_store.offline import store


async def keep(work: UnitOfWork, facts: Sequence[MemberInteracted]) -> None:
    """Keeps interactions in this transaction, until the flush writes them out."""
    await store.stage(work, facts)
