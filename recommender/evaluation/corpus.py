"""What training and replay read: items, and who did what with them when."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from clubkit.ids import ClubId
from recommender.catalogue.schemas import Item, ItemId, Kind, Place


@dataclass(frozen=True, slots=True)
class Interaction:
    """weight: what it says about liking (0 or less: nothing); at: seconds, UTC; settles: no more to be offered."""

    member: str
    item_id: ItemId
    weight: float
    at: float
    settles: bool = True


@dataclass(frozen=True)
class Corpus:
    """One kind's world. interactions are in the order in which they happened."""

    kind: Kind
    items: tuple[Item, ...]
    interactions: tuple[Interaction, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    clubs: Mapping[str, frozenset[ClubId]] = field(default_factory=dict)

    def first(self, share: float) -> "Corpus":
        """The same world when only the first `share` of interactions had happened."""
        return replace(self, interactions=self.interactions[: int(len(self.interactions) * share)])

    def after(self, at: float) -> tuple[Interaction, ...]:
        return self.interactions[bisect_left(self.interactions, at, key=lambda one: one.at) :]

    @property
    def watermark(self) -> float:
        """Seconds of the last interaction; 0 when there is none."""
        return self.interactions[-1].at if self.interactions else 0.0
