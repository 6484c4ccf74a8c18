"""Implicit ALS at serving time: fold a member in from her history, and say exactly what each action gave.

Source: Hu, Koren, Volinsky, "Collaborative Filtering for Implicit Feedback Datasets", ICDM 2008, eq. 4 and section 5.
"""

from dataclasses import dataclass

import numpy as np

from recommender.catalogue.schemas import Doubles, Floats


def gram_of(factors: Floats) -> Doubles:
    """(k, k) = YᵀY, computed once per model version."""
    wide = factors.astype(np.float64)
    return np.asarray(wide.T @ wide)


@dataclass(frozen=True, slots=True)
class FoldedMember:
    """vector: (k,); system: (k, k) = YᵀY + Yᵀ(C - I)Y + λI, kept for explanations."""

    vector: Doubles
    system: Doubles


def fold_in(history: Floats, confidences: Doubles, gram: Doubles, *, ridge: float) -> FoldedMember:
    """Closed-form member vector (eq. 4), all preferences being 1.

    history: (n, k) factors of what she did; confidences: (n,), each ≥ 1; gram: (k, k). An empty history gives zeros.
    """
    past = history.astype(np.float64)
    system: Doubles = gram + (past.T * (confidences - 1.0)) @ past + ridge * np.eye(len(gram))
    vector = np.asarray(np.linalg.solve(system, past.T @ confidences), np.float64)
    return FoldedMember(vector, system)


def contributions(history: Floats, confidences: Doubles, member: FoldedMember) -> Doubles:
    """(k, n) so that `target @ it` is how much each action gave to the score of `target` (k,).

    The parts sum to the score, exactly (section 5).
    """
    return np.asarray(np.linalg.solve(member.system, history.astype(np.float64).T * confidences), np.float64)
