"""An index that is not whole asks to be made anew, once for each reason."""

from typing import Any

import pytest
from sqlalchemy import func, select

from clubkit.contracts.social import SearchRebuildAsked
from clubkit.db.models import OutboxRow
from clubkit.search.port import SearchIndex
from clubkit.testing.hub import Person
from social_service.search.opening import ask_if_due


class Index:
    """The index of the hub, with a reason of its own to be rebuilt."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.needs_rebuild: str | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


@pytest.fixture
def index(social: Any) -> Index:
    index = Index(social.hub.port(SearchIndex))
    social.hub.ports.provide(SearchIndex, index)
    return index


async def times_asked(social: Any) -> int:
    query = select(func.count()).where(OutboxRow.type == SearchRebuildAsked.type_name())
    async with social.hub.works.reading() as work:
        return int(await work.session.scalar(query))


async def test_a_whole_index_asks_for_nothing(social: Any, anna: Person, index: Index) -> None:
    assert await ask_if_due(social.hub.ports, None) is None
    assert await times_asked(social) == 0


async def test_it_asks_once_for_each_reason(social: Any, anna: Person, index: Index) -> None:
    asked = None
    for why in ("The index is missing.", "The index is missing.", None, "The index is missing."):
        index.needs_rebuild = why
        asked = await ask_if_due(social.hub.ports, asked)
    assert await times_asked(social) == 2


async def test_a_hub_without_members_has_nothing_to_rebuild_from(social: Any, index: Index) -> None:
    index.needs_rebuild = "The index is new."
    assert await ask_if_due(social.hub.ports, None) is None
    assert await times_asked(social) == 0
