"""What the rules need from the online store."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from clubkit.contracts.features import Recent
from clubkit.contracts.interactions import MemberInteracted
from clubkit.ids import MemberId
from feature_store.definitions.schemas import Decayed
from feature_store.online.models import MemberFeatures


class OnlineStore(Protocol):
    """Counters and sequences, updated at most once per fact however often it comes."""

    async def count(self, facts: Sequence[MemberInteracted]) -> None:
        """Takes interactions in. One already counted changes nothing, even after a crash in between."""
        ...

    async def windows(self, member_ids: Collection[MemberId]) -> Mapping[MemberId, tuple[Recent, ...]]:
        """Each member's sequence, oldest first."""
        ...

    async def features(self, member_id: MemberId) -> MemberFeatures: ...

    async def item_counter(self, name: str, item: str) -> Decayed | None: ...

    async def forget(self, member_id: MemberId) -> None:
        """Everything about a member."""
        ...
