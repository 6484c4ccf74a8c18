"""The ranking itself: one engine per kind, pure and synchronous. Serving, training and benchmarks all call this."""

from dataclasses import dataclass, replace

import numpy as np

from clubkit.contracts.ranking import Ranked, Reason
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Floats, Rows
from recommender.ranking.blend import aligned, segment_of
from recommender.ranking.bundle import KindModel
from recommender.ranking.candidates import shortlist
from recommender.ranking.diversity import capped
from recommender.ranking.explaining import Explanation, explain
from recommender.ranking.exploration import draw
from recommender.ranking.features import FEATURES
from recommender.ranking.profile import Profile
from recommender.ranking.reasons import exploring, reason_for
from recommender.ranking.scene import Scene
from recommender.retrieval.trends import Trends


@dataclass(frozen=True, slots=True)
class Policy:
    """per_club: at most so many of one club among the first (None: no cap); explore: draw one place by lot.

    exact_up_to: catalogues up to this size are ranked whole; beyond it each generator proposes per_generator rows.
    """

    per_club: int | None = 4
    explore: bool = True
    exact_up_to: int = 50_000
    per_generator: int = 200


@dataclass(frozen=True, slots=True)
class Scored:
    """rows: (n,) eligible candidates; scores: (n,); the features of rows[i] are features[:, columns[i]]."""

    scene: Scene
    rows: Rows
    columns: Rows
    scores: Floats
    features: Floats
    weights: Floats

    def means(self) -> Floats:
        """(features,) of the average candidate."""
        here = np.zeros(self.features.shape[1], np.float32)
        here[self.columns] = 1.0 / max(len(self.columns), 1)
        return np.asarray(self.features @ here)

    def best(self, count: int) -> Rows:
        """Positions of the `count` best candidates, best first; equal scores in order of rows."""
        count = min(count, len(self.rows))
        if not count:
            return np.empty(0, np.intp)
        worst = np.partition(self.scores, -count)[-count]
        top = np.flatnonzero(self.scores >= worst)
        return np.asarray(top[np.argsort(-self.scores[top], kind="stable")][:count])


class RankingEngine:
    """Ranks one kind with one model version over one catalogue. Raises UnknownFeature for a model from the future."""

    def __init__(self, model: KindModel, catalogue: Catalogue, trends: Trends) -> None:
        self.model = model
        self.catalogue = catalogue
        self.trends = trends
        self._weights = aligned(model.blend)

    def score(self, profile: Profile, *, now: float, policy: Policy) -> Scored:
        """Every candidate with its features. now: seconds, UTC."""
        scene = Scene(self.catalogue, self.model, self.trends, profile, now)
        if self.catalogue.size > policy.exact_up_to:
            rows = shortlist(scene, per_generator=policy.per_generator)
            scene = replace(scene, rows=rows)
            columns = np.arange(len(rows))
        else:
            # Computing all and picking scores is cheaper than picking rows out of every array first.
            rows = columns = np.flatnonzero(scene.eligible)
        features = np.empty((len(FEATURES), len(scene.catalogue.club[scene.rows])), np.float32)
        for line, feature in enumerate(FEATURES):
            features[line] = feature.of(scene)
        weights = self._weights[segment_of(profile)]
        return Scored(scene, rows, columns, (weights @ features)[columns], features, weights)

    def rank(
        self, profile: Profile, *, now: float, limit: int, rng: np.random.Generator, policy: Policy | None = None
    ) -> tuple[Ranked, ...]:
        """The best `limit` items she may see, best first, each with its reason; fewer when there are fewer."""
        policy = policy or Policy()
        scored = self.score(profile, now=now, policy=policy)
        pool = scored.best(max(10 * limit, 200))
        position = dict(zip(scored.rows[pool].tolist(), pool.tolist(), strict=True))
        chosen = capped(position, self.catalogue.club, limit=limit, per_club=policy.per_club)
        places = np.asarray([position[row] for row in chosen], np.intp)
        ranked = [
            self._shown(row, float(scored.scores[at]), reason_for(scored.scene, row, explanation), None)
            for row, at, explanation in zip(chosen, places, self.explain(scored, places), strict=True)
        ]
        if policy.explore and len(ranked) == limit and limit > 1:
            taken = frozenset(chosen)
            self._explore(ranked, scored, [at for row, at in position.items() if row not in taken], rng)
        return tuple(ranked)

    def explain(self, scored: Scored, at: Rows) -> list[Explanation]:
        """Why the candidates at these positions of `scored` stand where they stand."""
        values = scored.features[:, scored.columns[at]]
        return explain(scored.scene, scored.rows[at], weights=scored.weights, values=values, means=scored.means())

    def _shown(self, row: int, score: float, reason: Reason, propensity: float | None) -> Ranked:
        item = self.catalogue.items[row]
        return Ranked(item_id=item.id, kind=self.catalogue.kind, score=score, reason=reason, propensity=propensity)

    def _explore(self, ranked: list[Ranked], scored: Scored, rest: list[int], rng: np.random.Generator) -> None:
        """The last place goes to a draw from what just missed the list."""
        at = np.asarray(rest, np.intp)
        seen = self.trends.ever.read(scored.scene.now, self.catalogue.size)[scored.rows[at]]
        drawn = draw(at, scored.scores[at], seen, rng)
        if drawn:
            row = int(scored.rows[drawn.row])
            score = float(scored.scores[drawn.row])
            ranked[-1] = self._shown(row, score, exploring(scored.scene, row), drawn.propensity)
