"""One place on the list is drawn by lot, with its chance written down, so that later models can learn without bias."""

from dataclasses import dataclass

import numpy as np

from recommender.catalogue.schemas import Doubles, Floats, Rows

TEMPERATURE = 1.0


@dataclass(frozen=True, slots=True)
class Draw:
    row: int
    propensity: float


def chances(scores: Floats, seen: Doubles) -> Doubles:
    """(n,) softmax of the scores, tilted to what few have met; sums to 1. seen: (n,) how many acted on each."""
    logits = scores.astype(np.float64) / TEMPERATURE - 0.5 * np.log1p(seen)
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())


def draw(rows: Rows, scores: Floats, seen: Doubles, rng: np.random.Generator) -> Draw | None:
    """None when there is nothing left to explore."""
    if not len(rows):
        return None
    odds = chances(scores, seen)
    choice = int(rng.choice(len(rows), p=odds))
    return Draw(int(rows[choice]), float(odds[choice]))
