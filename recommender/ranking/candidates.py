"""Which rows get the full treatment. Small catalogues are ranked exactly; large ones by a union of generators."""

from dataclasses import replace

import numpy as np

from recommender.catalogue.schemas import Rows
from recommender.ranking.features import FEATURES
from recommender.ranking.scene import Scene


def shortlist(scene: Scene, *, per_generator: int) -> Rows:
    """Rows that at least one generator puts among its best eligible ones, ascending."""
    everything = replace(scene, rows=slice(None))
    eligible = np.flatnonzero(everything.eligible)
    if len(eligible) <= per_generator:
        return eligible
    chosen = []
    for feature in FEATURES:
        if feature.finds:
            values = feature.of(everything)[eligible]
            best = np.argpartition(values, -per_generator)[-per_generator:]
            # A generator with nothing to say proposes nothing, rather than rows in storage order.
            chosen.append(eligible[best[values[best] > values.min()]])
    return np.unique(np.concatenate(chosen))
