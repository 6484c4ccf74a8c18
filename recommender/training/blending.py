"""Learning the blend: which weights put the thing that was chosen above those that were not.

A listwise softmax over the choice and sampled negatives, pulled towards the hand-set weights by a Gaussian prior.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from recommender.catalogue.values import Doubles, Floats
from recommender.evaluation.corpus import Interaction
from recommender.evaluation.replay import Replay
from recommender.ranking.blend import prior_blend, segment_of
from recommender.ranking.bundle import SEGMENTS, BlendWeights
from recommender.ranking.engine import Policy
from recommender.ranking.features import NAMES
from recommender.training.settings import BlendSettings


@dataclass(frozen=True, slots=True)
class Example:
    """features: (n, features), the choice first; offsets: (n,) log of how many candidates a sampled one stands for."""

    segment: int
    features: Floats
    offsets: Floats


def examples(
    replay: Replay, future: Iterable[Interaction], settings: BlendSettings, *, rng: np.random.Generator
) -> list[Example]:
    """Play `future` on, taking an example before each liking. Negatives: the best-scored, and random others."""
    found = []
    future = list(future)
    keep = min(1.0, settings.max_examples / max(len(future), 1))
    for one in future:
        if one.weight > 0 and rng.random() < keep:
            example = _example(replay, one, settings, rng)
            if example is not None:
                found.append(example)
        replay.observe(one)
    return found


def _example(replay: Replay, one: Interaction, settings: BlendSettings, rng: np.random.Generator) -> Example | None:
    profile = replay.profile(one.member)
    scored = replay.engine.score(profile, now=one.at, policy=Policy())
    at = np.flatnonzero(scored.rows == replay.engine.catalogue.row(one.item_id))
    if not len(at) or len(scored.rows) < 2:
        return None
    others = np.delete(np.arange(len(scored.rows)), at[0])
    best = scored.best(settings.hard + 1)
    hard = best[best != at[0]][: settings.hard]
    rest = np.setdiff1d(others, hard, assume_unique=True)
    random = rng.choice(rest, min(settings.random, len(rest)), replace=False)
    offsets = np.zeros(1 + len(hard) + len(random), np.float32)
    offsets[1 + len(hard) :] = np.log(len(rest) / len(random)) if len(random) else 0.0
    chosen = np.concatenate([at, hard, random])
    return Example(segment_of(profile), scored.features[:, chosen].T.copy(), offsets)


def fit_blend(found: list[Example], settings: BlendSettings) -> BlendWeights:
    """Weights by segment; a segment with fewer than min_examples keeps the hand-set ones."""
    weights = prior_blend().weights.astype(np.float64)
    for segment in range(len(SEGMENTS)):
        own = [example for example in found if example.segment == segment]
        if len(own) >= settings.min_examples:
            weights[segment] = _fit(own, weights[segment], settings.prior_strength)
    return BlendWeights(NAMES, weights.astype(np.float32))


def _fit(found: list[Example], prior: Doubles, strength: float) -> Doubles:
    width = max(len(example.offsets) for example in found)
    features = np.zeros((len(found), width, len(prior)), np.float32)
    offsets = np.full((len(found), width), -np.inf, np.float32)
    for line, example in enumerate(found):
        features[line, : len(example.offsets)] = example.features
        offsets[line, : len(example.offsets)] = example.offsets
    # The prior is held in units of a feature's spread, so that no feature is freer for being small.
    spread = np.maximum(features.std(axis=(0, 1)).astype(np.float64), 1e-3)

    def objective(weights: Doubles) -> tuple[float, Doubles]:
        logits = features @ weights.astype(np.float32) + offsets
        logits -= logits.max(axis=1, keepdims=True)
        powers = np.exp(logits)
        chances = powers / powers.sum(axis=1, keepdims=True)
        pull = (weights - prior) * spread**2 * strength
        loss = -np.log(np.maximum(chances[:, 0], 1e-30)).sum() + 0.5 * pull @ (weights - prior)
        chances[:, 0] -= 1.0
        return float(loss), np.einsum("lw,lwf->f", chances, features, optimize=True).astype(np.float64) + pull

    # Every feature is built so that more of it speaks for an item; a negative weight would be a reason nobody can tell.
    bounds = [(0.0, None)] * len(prior)
    found_best = minimize(objective, prior, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200})
    return np.asarray(found_best.x)
