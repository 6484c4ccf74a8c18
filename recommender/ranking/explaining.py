"""Who gave how much: exact contributions of features, and of past actions behind the personal ones."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from recommender.catalogue.schemas import Doubles, Floats
from recommender.ranking.features import NAMES
from recommender.ranking.scene import Scene

INDEX = {name: column for column, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Explanation:
    """features: weight × (value − the candidates' mean), by name; past: what each past row gave, strongest first."""

    features: dict[str, float]
    past: tuple[tuple[int, float], ...]


def explain(scene: Scene, row: int, *, weights: Floats, values: Floats, means: Floats) -> Explanation:
    """weights, values, means: (features,). The features sum to the row's lead over the average candidate."""
    parts = (weights * (values - means)).tolist()
    return Explanation(dict(zip(NAMES, parts, strict=True)), _past(scene, row, weights, values))


def _past(scene: Scene, row: int, weights: Floats, values: Floats) -> tuple[tuple[int, float], ...]:
    if not scene.liked:
        return ()
    given = _from_factors(scene, row, weights)
    content = weights[INDEX["content"]] * (scene.catalogue.content(row) @ scene.tasted)
    given[-len(content) :] += content
    gave: dict[int, float] = defaultdict(float)
    for action, part in zip(scene.liked, given.tolist(), strict=True):
        gave[action.row] += part
    for past, part in _from_transitions(scene, row, float(weights[INDEX["follows"]] * values[INDEX["follows"]])):
        gave[past] += part
    return tuple(sorted(gave.items(), key=lambda pair: -pair[1]))


def _from_factors(scene: Scene, row: int, weights: Floats) -> Doubles:
    """(likings,) parts of both factor features."""
    catalogue = scene.catalogue
    club = int(catalogue.club[row])
    by_item = catalogue.factors[row] / catalogue.factor_lengths[row]
    by_club = catalogue.club_factors[club] / catalogue.club_factor_lengths[club]
    target = weights[INDEX["factor_item"]] * by_item + weights[INDEX["factor_club"]] * by_club
    return np.asarray(target @ scene.given / scene.member_length)


def _from_transitions(scene: Scene, row: int, given: float) -> list[tuple[int, float]]:
    shares = [(past, weight * scene.trends.next_item.share(past, row, scene.now)) for past, weight in scene.recent]
    total = sum(share for _, share in shares)
    return [(past, given * share / total) for past, share in shares] if total else []
