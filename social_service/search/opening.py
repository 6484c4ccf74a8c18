"""The search index is kept whole."""

from contextlib import AbstractAsyncContextManager
from datetime import datetime

from clubkit.contracts.social import SearchRebuildAsked
from clubkit.db.work import UnitOfWork
from clubkit.ports import Ports
from clubkit.search import healing
from clubkit.search.healing import Healing
from clubkit.search.port import SearchIndex
from social_service.people import service as people


async def _has_anybody(work: UnitOfWork) -> bool:
    return bool(await people.all_after(work, "", 1))


def _ask(at: datetime) -> SearchRebuildAsked:
    return SearchRebuildAsked(index="social", at=at)


HEALING = Healing(SearchIndex, _has_anybody, _ask)


def heal_index(ports: Ports) -> AbstractAsyncContextManager[None]:
    """A new, torn or outdated index is rebuilt by whoever runs the consumer, while everything else serves."""
    return healing.kept_whole(ports, HEALING)


async def ask_if_due(ports: Ports, asked: str | None) -> str | None:
    """Asks once for each reason; answers the one that was asked for, None while there is none."""
    return await healing.ask_if_due(ports, HEALING, asked)
