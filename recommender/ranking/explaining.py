"""Who gave how much: exact contributions of features, and of past actions behind the personal ones."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from recommender.catalogue.values import Floats
from recommender.ranking.features import NAMES
from recommender.ranking.scene import Scene
from recommender.retrieval.factors import contributions

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
    gave: dict[int, float] = defaultdict(float)
    if scene.liked:
        _from_factors(scene, row, weights, gave)
        _from_content(scene, row, weights, gave)
        _from_transitions(scene, row, weights, values, gave)
    return tuple(sorted(gave.items(), key=lambda pair: -pair[1]))


def _from_factors(scene: Scene, row: int, weights: Floats, gave: dict[int, float]) -> None:
    """A member's club token is shared by all her actions with the club, so its part is split by liking."""
    catalogue, history = scene.catalogue, scene.history
    club = int(catalogue.club[row])
    by_item = catalogue.factors[row] / catalogue.factor_lengths[row]
    by_club = catalogue.club_factors[club] / catalogue.club_factor_lengths[club]
    target = weights[INDEX["factor_item"]] * by_item + weights[INDEX["factor_club"]] * by_club
    target = target / np.float32(scene.member_length)
    parts = contributions(target, history.vectors, history.confidences, scene.member)
    for part, sources in zip(parts, history.sources, strict=True):
        total = sum(scene.liked[index].liking for index in sources)
        for index in sources:
            action = scene.liked[index]
            gave[action.row] += float(part) * action.liking / total


def _from_content(scene: Scene, row: int, weights: Floats, gave: dict[int, float]) -> None:
    past = [action.row for action in scene.liked[-20:]]
    vectors = scene.catalogue.content[past]
    length = float(np.linalg.norm(vectors.sum(axis=0))) or 1.0
    for past_row, part in zip(past, vectors @ scene.catalogue.content[row] / length, strict=True):
        gave[past_row] += float(weights[INDEX["content"]] * part)


def _from_transitions(scene: Scene, row: int, weights: Floats, values: Floats, gave: dict[int, float]) -> None:
    shares = [(past, weight * scene.trends.next_item.share(past, row, scene.now)) for past, weight in scene.recent]
    total = sum(share for _, share in shares)
    given = float(weights[INDEX["follows"]] * values[INDEX["follows"]])
    for past, share in shares:
        if total:
            gave[past] += given * share / total
