"""Who gave how much: exact contributions of features, and of past actions behind the personal ones."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from clubkit.contracts.ranking import ReasonCode
from recommender.catalogue.schemas import Doubles, Floats, Rows
from recommender.ranking.features import FEATURES, NAMES
from recommender.ranking.scene import Scene

INDEX = {name: column for column, name in enumerate(NAMES)}
CODES: tuple[ReasonCode, ...] = tuple(dict.fromkeys(feature.reason for feature in FEATURES if feature.reason))
_CODE_OF = np.asarray([[feature.reason == code for code in CODES] for feature in FEATURES], np.float32)


@dataclass(frozen=True)
class Explanation:
    """parts: (features,) weight × (value − the candidates' mean); given: (past rows,) what each of `past_rows` gave."""

    parts: Floats
    given: Doubles
    past_rows: tuple[int, ...]
    codes: tuple[ReasonCode, ...]
    """The reasons that speak for it, the strongest first."""

    @property
    def features(self) -> dict[str, float]:
        return dict(zip(NAMES, self.parts.tolist(), strict=True))

    @cached_property
    def past(self) -> tuple[tuple[int, float], ...]:
        """What each past row gave, strongest first."""
        order = np.argsort(-self.given, kind="stable").tolist()
        given = self.given.tolist()
        return tuple((self.past_rows[place], given[place]) for place in order)


def explain(scene: Scene, rows: Rows, *, weights: Floats, values: Floats, means: Floats) -> list[Explanation]:
    """One for each of `rows`, together: (n,) rows of the catalogue; weights, means: (features,); values: (features, n).

    The features of an explanation sum to the row's lead over the average candidate.
    """
    parts = (weights[:, None] * (values - means[:, None])).T
    past_rows = tuple(dict.fromkeys(action.row for action in scene.liked))
    past = _past(scene, rows, weights, values, {row: place for place, row in enumerate(past_rows)})
    strongest = _strongest(np.asarray(parts @ _CODE_OF))
    return [
        Explanation(part, given, past_rows, codes) for part, given, codes in zip(parts, past, strongest, strict=True)
    ]


def _strongest(groups: Floats) -> list[tuple[ReasonCode, ...]]:
    """(n, codes) → of each line the codes that gave anything."""
    order = np.argsort(-groups, axis=1, kind="stable").tolist()
    counts = (groups > 0).sum(axis=1).tolist()
    return [tuple(CODES[place] for place in line[:count]) for line, count in zip(order, counts, strict=True)]


def _past(scene: Scene, rows: Rows, weights: Floats, values: Floats, place_of: dict[int, int]) -> Doubles:
    """(n, past rows): several likings of one row are one."""
    if not scene.liked:
        return np.zeros((len(rows), 0))
    given = _from_factors(scene, rows, weights)
    given[:, -scene.tasted.shape[1] :] += weights[INDEX["content"]] * (scene.catalogue.content(rows) @ scene.tasted)
    merging = np.zeros((len(scene.liked), len(place_of)))
    merging[np.arange(len(scene.liked)), [place_of[action.row] for action in scene.liked]] = 1.0
    merged = given @ merging
    followed = weights[INDEX["follows"]] * values[INDEX["follows"]]
    for line in np.flatnonzero(followed).tolist():
        for past, part in _from_transitions(scene, int(rows[line]), float(followed[line])):
            merged[line, place_of[past]] += part
    return np.asarray(merged)


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
