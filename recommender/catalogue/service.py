"""The catalogue to the other domains: what there is to rank, who is in which club, who lives where."""

from collections.abc import AsyncIterator, Collection
from typing import Any

from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from recommender.catalogue.schemas import Item, Place
from recommender.catalogue.store import CatalogueStore


def items(work: UnitOfWork) -> AsyncIterator[tuple[Item, bool]]:
    """All items, by birth, with whether they live."""
    return CatalogueStore(work).items()


async def some(work: UnitOfWork, item_ids: Collection[str]) -> list[tuple[Item, bool]]:
    """Those of these items that are known, with whether they live."""
    return await CatalogueStore(work).some(item_ids)


def clubs_by_member(work: UnitOfWork) -> AsyncIterator[tuple[MemberId, ClubId]]:
    return CatalogueStore(work).clubs_by_member()


def places(work: UnitOfWork) -> AsyncIterator[tuple[MemberId, Place]]:
    return CatalogueStore(work).places()


async def cards(work: UnitOfWork, item_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """What a list shows of each item that is known."""
    return await CatalogueStore(work).cards(item_ids)
