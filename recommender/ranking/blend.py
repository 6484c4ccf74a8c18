"""One score from many features: a linear blend, so that every point of a score has an owner."""

from collections.abc import Iterable

import numpy as np

from clubkit.errors import Conflict
from recommender.catalogue.schemas import Floats
from recommender.ranking.bundle import SEGMENTS, BlendWeights
from recommender.ranking.features import FEATURES, NAMES
from recommender.ranking.profile import Profile


class UnknownFeature(Conflict):
    """A stored blend weighs a feature that this code does not compute."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(f"The model weighs features that this version does not know: {', '.join(sorted(names))}.")


def prior_blend() -> BlendWeights:
    """Hand-set weights for a hub with too little data to learn any."""
    prior = np.asarray([feature.prior for feature in FEATURES], np.float32)
    return BlendWeights(NAMES, np.tile(prior, (len(SEGMENTS), 1)))


def aligned(blend: BlendWeights) -> Floats:
    """(segments, features) in today's order; a feature younger than the model has its prior. Raises UnknownFeature."""
    if unknown := set(blend.names) - set(NAMES):
        raise UnknownFeature(unknown)
    weights = prior_blend().weights.copy()
    for column, name in enumerate(blend.names):
        weights[:, NAMES.index(name)] = blend.weights[:, column]
    return weights


def segment_of(profile: Profile) -> int:
    return SEGMENTS.index("new" if profile.is_new else "known")
