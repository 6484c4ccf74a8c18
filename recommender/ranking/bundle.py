"""A trained model of one kind, as values that serving can use: no framework, only arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from clubkit.ids import ClubId
from recommender.catalogue.schemas import Doubles, Floats, Item, ItemId, ItemVectors, Kind
from recommender.retrieval.content import ContentModel
from recommender.retrieval.factors import gram_of
from recommender.retrieval.sequence import SequenceModel

SEGMENTS = ("new", "known")
"""The blend has a row of weights for members who did nothing yet, and one for all others."""


@dataclass(frozen=True)
class FactorModel:
    """Factors of items and clubs (tokens, k); `from_content` (c, k) stands in for an item without one."""

    items: Mapping[ItemId, int]
    clubs: Mapping[ClubId, int]
    table: Floats
    from_content: Floats
    ridge: float
    alpha: float

    @property
    def dim(self) -> int:
        return int(self.table.shape[1])

    @cached_property
    def gram(self) -> Doubles:
        return gram_of(self.table)


@dataclass(frozen=True)
class SequenceTable:
    """Embeddings (tokens, d) of the sequence model; an item's token is the sum of its own row and its club's."""

    items: Mapping[ItemId, int]
    clubs: Mapping[ClubId, int]
    table: Floats


@dataclass(frozen=True)
class BlendWeights:
    """weights: (segments, features), by feature name."""

    names: tuple[str, ...]
    weights: Floats


@dataclass(frozen=True)
class KindModel:
    """All that is learned about one kind. It is the catalogue's Encoder."""

    kind: Kind
    content: ContentModel
    factors: FactorModel
    blend: BlendWeights
    sequence: SequenceModel | None = None
    sequence_table: SequenceTable | None = None

    @property
    def content_dim(self) -> int:
        return self.content.dim

    @property
    def factor_dim(self) -> int:
        return self.factors.dim

    @property
    def sequence_dim(self) -> int:
        return int(self.sequence_table.table.shape[1]) if self.sequence_table else 1

    def item(self, item: Item) -> ItemVectors:
        vector = self.content.vector(item)
        known = self.factors.items.get(item.id)
        factor = vector @ self.factors.from_content if known is None else self.factors.table[known]
        return ItemVectors(vector, factor, self._sequence(item))

    def club(self, club_id: ClubId) -> Floats:
        """(k,); zeros for a club that training never saw."""
        known = self.factors.clubs.get(club_id)
        return np.zeros(self.factor_dim, np.float32) if known is None else self.factors.table[known]

    def _sequence(self, item: Item) -> Floats:
        vector = np.zeros(self.sequence_dim, np.float32)
        if (table := self.sequence_table) is None:
            return vector
        rows = [table.items.get(item.id), table.clubs.get(item.club_id)]
        return np.asarray(sum((table.table[row] for row in rows if row is not None), vector))


@dataclass(frozen=True)
class Lineage:
    """Where a version comes from: what the data reached, how much of it, and the seed."""

    watermark: str
    seed: int
    sizes: Mapping[str, int]
    metrics: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Bundle:
    """One version of the models of all kinds."""

    version: str
    kinds: Mapping[Kind, KindModel]
    lineage: Lineage
