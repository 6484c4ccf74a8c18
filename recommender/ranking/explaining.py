"""Who gave how much: exact contributions of features, and of past actions behind the personal ones."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from recommender.catalogue.schemas import Doubles, Floats, Rows
from recommender.ranking.features import NAMES
from recommender.ranking.scene import Scene

INDEX = {name: column for column, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Explanation:
    """features: weight × (value − the candidates' mean), by name; past: what each past row gave, strongest first."""

    features: dict[str, float]
    past: tuple[tuple[int, float], ...]


def explain(scene: Scene, rows: Rows, *, weights: Floats, values: Floats, means: Floats) -> list[Explanation]:
    """One for each of `rows`, together: (n,) rows of the catalogue; weights, means: (features,); values: (features, n).

    The features of an explanation sum to the row's lead over the average candidate.
    """
    parts = (weights[:, None] * (values - means[:, None])).T.tolist()
    past = _past(scene, rows, weights, values)
    return [Explanation(dict(zip(NAMES, part, strict=True)), gave) for part, gave in zip(parts, past, strict=True)]


def _past(scene: Scene, rows: Rows, weights: Floats, values: Floats) -> list[tuple[tuple[int, float], ...]]:
    if not scene.liked:
        return [()] * len(rows)
    given = _from_factors(scene, rows, weights)
    given[:, -scene.tasted.shape[1] :] += weights[INDEX["content"]] * (scene.catalogue.content(rows) @ scene.tasted)
    followed = (weights[INDEX["follows"]] * values[INDEX["follows"]]).tolist()
    return [
        _summed(scene, line, _from_transitions(scene, row, total))
        for row, line, total in zip(rows.tolist(), given.tolist(), followed, strict=True)
    ]


def _summed(scene: Scene, given: list[float], transitions: list[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    gave: dict[int, float] = defaultdict(float)
    for action, part in zip(scene.liked, given, strict=True):
        gave[action.row] += part
    for past, part in transitions:
        gave[past] += part
    return tuple(sorted(gave.items(), key=lambda pair: -pair[1]))


def _from_factors(scene: Scene, rows: Rows, weights: Floats) -> Doubles:
    """(n, likings) parts of both factor features."""
    catalogue = scene.catalogue
    clubs = catalogue.club[rows]
    by_item, by_club = catalogue.directions[rows], catalogue.club_directions[clubs]
    target = weights[INDEX["factor_item"]] * by_item + weights[INDEX["factor_club"]] * by_club
    return np.asarray(target @ scene.given / scene.member_length)


def _from_transitions(scene: Scene, row: int, given: float) -> list[tuple[int, float]]:
    shares = [(past, weight * scene.trends.next_item.share(past, row, scene.now)) for past, weight in scene.recent]
    total = sum(share for _, share in shares)
    return [(past, given * share / total) for past, share in shares] if total else []
