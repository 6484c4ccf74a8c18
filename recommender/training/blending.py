"""Learning the blend: which weights put the thing that was chosen above those that were not.

A listwise softmax over the choice and sampled negatives, pulled towards the hand-set weights by a Gaussian prior.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from recommender.catalogue.schemas import Doubles, Floats
from recommender.evaluation.corpus import Interaction
from recommender.evaluation.replay import Replay
from recommender.ranking.blend import prior_blend, segment_of
from recommender.ranking.bundle import SEGMENTS, BlendWeights
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
    scored = replay.engine.score(profile, now=one.at)
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
    return Example(segment_of(profile), scored.features(chosen).T.copy(), offsets)


def fit_blend(found: list[Example], settings: BlendSettings) -> BlendWeights:
    """Weights by segment; a segment with fewer than min_examples keeps the hand-set ones."""
    weights = prior_blend().weights.astype(np.float64)
    bounds = [_bounds(name, settings) for name in NAMES]
    for segment in range(len(SEGMENTS)):
        own = [example for example in found if example.segment == segment]
        weights[segment] = np.clip(weights[segment], *np.asarray(bounds).T)
        if len(own) >= settings.min_examples:
            start, problem = weights[segment], _problem(own, weights[segment], settings.prior_strength)
            best = minimize(problem, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200})
            weights[segment] = best.x
    return BlendWeights(NAMES, weights.astype(np.float32))


def _bounds(name: str, settings: BlendSettings) -> tuple[float, float]:
    """More of any feature speaks for an item; a negative weight would be a reason that nobody can tell."""
    return (0.0, 0.0) if name in settings.without else (settings.floors.get(name, 0.0), np.inf)


def _problem(found: list[Example], prior: Doubles, strength: float) -> Callable[[Doubles], tuple[float, Doubles]]:
    """Negative log-likelihood of the choices plus the pull to the prior, with its gradient."""
    features, offsets = _stacked(found)
    # The prior is held in units of a feature's spread, so that no feature is freer for being small.
    stiffness = strength * np.maximum(features.std(axis=(0, 1)).astype(np.float64), 1e-3) ** 2

    def problem(weights: Doubles) -> tuple[float, Doubles]:
        logits = features @ weights.astype(np.float32) + offsets
        logits -= logits.max(axis=1, keepdims=True)
        powers = np.exp(logits)
        chances = powers / powers.sum(axis=1, keepdims=True)
        pull = (weights - prior) * stiffness
        loss = -np.log(np.maximum(chances[:, 0], 1e-30)).sum() + 0.5 * pull @ (weights - prior)
        chances[:, 0] -= 1.0
        return float(loss), np.einsum("lw,lwf->f", chances, features, optimize=True).astype(np.float64) + pull

    return problem


def _stacked(found: list[Example]) -> tuple[Floats, Floats]:
    """(examples, n, features) and (examples, n); what is missing has no chance."""
    width = max(len(example.offsets) for example in found)
    features = np.zeros((len(found), width, len(NAMES)), np.float32)
    offsets = np.full((len(found), width), -np.inf, np.float32)
    for line, example in enumerate(found):
        features[line, : len(example.offsets)] = example.features
        offsets[line, : len(example.offsets)] = example.offsets
    return features, offsets
