"""The ranking itself: one engine per kind, pure and synchronous. Serving, training and benchmarks all call this."""

from dataclasses import dataclass

import numpy as np

from clubkit.contracts.ranking import Ranked, Reason
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Floats, Rows
from recommender.ranking.blend import aligned, segment_of
from recommender.ranking.bundle import KindModel
from recommender.ranking.diversity import capped
from recommender.ranking.explaining import Explanation, explain
from recommender.ranking.exploration import draw
from recommender.ranking.features import FEATURES
from recommender.ranking.moment import Moments
from recommender.ranking.parts import Parts, common_sum, own_sum, values_at
from recommender.ranking.profile import Profile
from recommender.ranking.reasons import exploring, reason_for
from recommender.ranking.scene import Scene
from recommender.retrieval.trends import Trends

AVERAGED = 300
"""The average candidate is that of so many at the most, spread evenly over all."""


@dataclass(frozen=True, slots=True)
class Policy:
    """per_club: at most so many of one club among the first (None: no cap); explore: draw one place by lot."""

    per_club: int | None = 4
    explore: bool = True


@dataclass(frozen=True)
class Scored:
    """rows: (n,) eligible candidates, ascending; places: theirs in the scene's standing; scores: (n,)."""

    scene: Scene
    rows: Rows
    places: Rows
    scores: Floats
    parts: tuple[Parts, ...]
    weights: Floats

    def features(self, at: Rows) -> Floats:
        """(features, len(at)) of the candidates at these positions."""
        standing, places = self.scene.standing, self.places[at]
        return np.stack([values_at(parts, standing, places) for parts in self.parts])

    def beside_average(self, at: Rows) -> tuple[Floats, Floats]:
        """(features, len(at)) of the candidates at these positions, and (features,) of the average candidate.

        There is at least one candidate.
        """
        averaged = min(len(self.rows), AVERAGED)
        sample = np.arange(averaged) * len(self.rows) // averaged
        values = self.features(np.concatenate([at, sample]))
        return values[:, : len(at)], values[:, len(at) :].mean(axis=1)

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
        self._moments = Moments(catalogue, trends)

    def scene(self, profile: Profile, *, now: float) -> Scene:
        """now: seconds, UTC."""
        return Scene(self.model, self._moments.at(now), profile, now)

    def score(self, profile: Profile, *, now: float) -> Scored:
        """Every item that she may be shown, with its score."""
        scene = self.scene(profile, now=now)
        segment = segment_of(profile)
        weights = self._weights[segment]
        parts = tuple(feature.of(scene) for feature in FEATURES)
        weighed = list(zip(weights.tolist(), parts, strict=True))
        bases = scene.moment.bases
        if segment not in bases:
            bases[segment] = common_sum(weighed, scene.standing)
        scores = own_sum(weighed, scene.standing, bases[segment])
        places = np.flatnonzero(scene.eligible)
        return Scored(scene, scene.standing.rows[places], places, scores[places], parts, weights)

    def rank(
        self, profile: Profile, *, now: float, limit: int, rng: np.random.Generator, policy: Policy | None = None
    ) -> tuple[Ranked, ...]:
        """The best `limit` items she may see, best first, each with its reason; fewer when there are fewer."""
        policy = policy or Policy()
        scored = self.score(profile, now=now)
        if not len(scored.rows):
            return ()
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
        values, means = scored.beside_average(at)
        return explain(scored.scene, scored.rows[at], weights=scored.weights, values=values, means=means)

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
