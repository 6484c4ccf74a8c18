"""The model before anything was trained: words and hand-set weights, no factors."""

from collections.abc import Iterable

import numpy as np

from recommender.catalogue.schemas import Item, Kind
from recommender.ranking.blend import prior_blend
from recommender.ranking.bundle import Bundle, FactorModel, KindModel, Lineage
from recommender.retrieval.content import fit_content

KINDS: tuple[Kind, ...] = ("event", "reel", "pick")
VERSION = "untrained"
_DIM = 8


def untrained(items: Iterable[Item] = ()) -> Bundle:
    """A bundle that ranks by content, clubs, time and what others do."""
    content = fit_content(items, seed=0)
    nothing = np.zeros((0, _DIM), np.float32)
    factors = FactorModel({}, {}, nothing, np.zeros((content.dim, _DIM), np.float32), 1.0, 1.0)
    models = {kind: KindModel(kind, content, factors, prior_blend()) for kind in KINDS}
    return Bundle(VERSION, models, Lineage("", 0, {}))
