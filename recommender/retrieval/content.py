"""What an item is about, when nobody has touched it yet: hashed words and character trigrams, projected."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from recommender.catalogue.schemas import Doubles, Floats, Item

WORD = re.compile(r"\w+")
GRID = 20.0  # cells per degree, about 5 km
KNOWN = 10_000
"""Vectors kept, about 5 MB: the dates of a series say the same."""


def features_of(item: Item) -> list[str]:
    """The item as prefixed words: what it says, whose it is, where, and at which hour of which weekday."""
    folded = unicodedata.normalize("NFKD", f"{item.title} {item.text}".casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    words = WORD.findall(plain)
    grams = [f"g:{word[i : i + 3]}" for word in words for i in range(max(len(word) - 2, 0))]
    found = [f"c:{item.club_id}", *(f"w:{word}" for word in words), *grams]
    found += [f"t:{tag.casefold()}" for tag in item.tags]
    if item.place:
        found.append(f"p:{round(item.place.lat * GRID)},{round(item.place.lon * GRID)}")
    if item.starts_at:
        found += [f"d:{item.starts_at.weekday()}", f"h:{item.starts_at.weekday()}:{item.starts_at.hour}"]
    return found


@lru_cache(maxsize=100_000)
def bucket_of(feature: str, buckets: int) -> int:
    """Stable across processes and machines, unlike hash()."""
    return int.from_bytes(blake2b(feature.encode(), digest_size=8).digest(), "big") % buckets


@dataclass(frozen=True, slots=True)
class ContentModel:
    """idf: (buckets,); projection: (buckets, c), a seeded sparse random projection (Achlioptas 2003)."""

    idf: Floats
    projection: Floats
    _known: dict[tuple[str, ...], Floats] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def dim(self) -> int:
        return int(self.projection.shape[1])

    def vector(self, item: Item) -> Floats:
        """(c,) of length one, or zeros for an item that says nothing."""
        features = tuple(features_of(item))
        if (known := self._known.get(features)) is not None:
            return known
        if len(self._known) >= KNOWN:
            self._known.clear()
        return self._known.setdefault(features, self._vector(features))

    def _vector(self, features: tuple[str, ...]) -> Floats:
        counted = Counter(bucket_of(feature, len(self.idf)) for feature in features)
        rows = np.fromiter(counted, np.intp, len(counted))
        weights = (1.0 + np.log(np.fromiter(counted.values(), np.float64, len(counted)))) * self.idf[rows]
        vector = weights @ self.projection[rows]
        length = float(np.linalg.norm(vector))
        shared = np.asarray(vector / length if length else vector, np.float32)
        shared.flags.writeable = False
        return shared


def fit_content(items: Iterable[Item], *, seed: int, buckets: int = 8192, dim: int = 128) -> ContentModel:
    """Document frequencies of `items`; unseen words count as rare."""
    seen = np.zeros(buckets)
    total = 0
    for item in items:
        total += 1
        seen[list({bucket_of(feature, buckets) for feature in features_of(item)})] += 1
    signs = np.random.default_rng(seed).choice([-1.0, 0.0, 1.0], size=(buckets, dim), p=[1 / 6, 2 / 3, 1 / 6])
    idf = np.log((1.0 + total) / (1.0 + seen)) + 1.0
    return ContentModel(idf.astype(np.float32), (signs * np.sqrt(3.0 / dim)).astype(np.float32))


def ridge_map(content: Floats, factors: Floats, weights: Doubles, *, ridge: float) -> Floats:
    """(c, k) so that content @ map ≈ factors, weighted least squares: the factor of an item with no history.

    content: (n, c); factors: (n, k); weights: (n,), how well each factor is known.
    """
    wide = content.astype(np.float64)
    weighted = wide.T * weights
    system = weighted @ wide + ridge * np.eye(wide.shape[1])
    return np.asarray(np.linalg.solve(system, weighted @ factors.astype(np.float64)), np.float32)
