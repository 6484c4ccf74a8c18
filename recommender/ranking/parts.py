"""The shapes that features come in. A blend of parts is summed shape by shape, so a feature of clubs or of a handful of
items costs what it is, not one number per item.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from recommender.catalogue.schemas import Floats, Ints, Rows
from recommender.catalogue.standing import Standing

Shared = Literal["club", "spot"]
"""What many items have in common."""


@dataclass(frozen=True, slots=True)
class Common:
    """values: (n,) the same for everybody at this moment."""

    values: Floats

    def at(self, standing: Standing, places: Rows) -> Floats:
        return self.values[places]


@dataclass(frozen=True, slots=True)
class Grouped:
    """values: one per club or spot."""

    by: Shared
    values: Floats

    def at(self, standing: Standing, places: Rows) -> Floats:
        return self.values[_index(standing, self.by)[places]]


@dataclass(frozen=True, slots=True)
class Product:
    """matrix: (n, k), a row per item; vector: (k,)."""

    matrix: Floats
    vector: Floats

    def at(self, standing: Standing, places: Rows) -> Floats:
        return np.asarray(self.matrix[places] @ self.vector)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like an item's theme is to vector: (c,)."""

    vector: Floats

    def at(self, standing: Standing, places: Rows) -> Floats:
        return np.asarray(standing.catalogue.themes[standing.theme[places]] @ self.vector)


@dataclass(frozen=True, slots=True)
class Sparse:
    """values: (m,) at `places`, each named once; 0 elsewhere."""

    places: Rows
    values: Floats

    def at(self, standing: Standing, places: Rows) -> Floats:
        everywhere = np.zeros(standing.size, np.float32)
        everywhere[self.places] = self.values
        return everywhere[places]


Part = Common | Grouped | Product | Likeness | Sparse
Parts = tuple[Part, ...]
"""A feature's value is the sum of its parts; with none it has nothing to say."""


def values_at(parts: Parts, standing: Standing, places: Rows) -> Floats:
    """(len(places),) of one feature."""
    total = np.zeros(len(places), np.float32)
    for part in parts:
        total += part.at(standing, places)
    return total


def common_sum(weighed: Iterable[tuple[float, Parts]], standing: Standing) -> Floats:
    """(n,) what the features that are the same for everybody add up to."""
    total = np.zeros(standing.size, np.float32)
    for weight, parts in weighed:
        for part in parts:
            if isinstance(part, Common) and weight:
                total += np.float32(weight) * part.values
    return total


def own_sum(weighed: Iterable[tuple[float, Parts]], standing: Standing, common: Floats) -> Floats:
    """(n,) the blend of all features; `common` is their common sum, and is left as it is."""
    total = common.copy()
    groups: dict[Shared, Floats] = {}
    sparse: list[tuple[float, Sparse]] = []
    like = np.zeros(standing.catalogue.themes.shape[1], np.float32)
    for weight, parts in weighed:
        for part in parts if weight else ():
            share = np.float32(weight)
            if isinstance(part, Grouped):
                groups[part.by] = groups[part.by] + share * part.values if part.by in groups else share * part.values
            elif isinstance(part, Product):
                total += part.matrix @ (share * part.vector)
            elif isinstance(part, Likeness):
                like += share * part.vector
            elif isinstance(part, Sparse):
                sparse.append((weight, part))
    for by, values in groups.items():
        total += values[_index(standing, by)]
    if like.any():
        total += (standing.catalogue.themes @ like)[standing.theme]
    for weight, part in sparse:
        total[part.places] += np.float32(weight) * part.values
    return total


def _index(standing: Standing, by: Shared) -> Ints:
    return standing.club if by == "club" else standing.spot
