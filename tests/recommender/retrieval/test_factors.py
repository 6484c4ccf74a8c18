import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.retrieval.factors import contributions, fold_in, gram_of


def some(items: int = 30, k: int = 6, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(items, k)).astype(np.float32)


def test_the_folded_member_is_the_minimum_of_the_published_loss() -> None:
    """Equation 3 of the paper, minimised by plain gradient descent, without any of the algebra of equation 4."""
    factors, liked, confidence, ridge = some(), [3, 7, 11], np.array([5.0, 2.0, 9.0]), 0.7
    all_confidence, preference = np.ones(30), np.zeros(30)
    all_confidence[liked], preference[liked] = confidence, 1.0
    guess = np.zeros(6)
    for _ in range(20_000):
        error = factors @ guess - preference
        guess -= 0.002 * (factors.T @ (all_confidence * error) + ridge * guess)

    member = fold_in(factors[liked], confidence, gram_of(factors), ridge=ridge)

    np.testing.assert_allclose(member.vector, guess, atol=1e-6)


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_what_the_actions_gave_adds_up_to_the_score(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    factors = some(seed=seed)
    liked = rng.choice(30, count, replace=False)
    confidences = 1.0 + rng.uniform(0, 20, count)
    member = fold_in(factors[liked], confidences, gram_of(factors), ridge=0.5)

    parts = factors[0] @ contributions(factors[liked], confidences, member)

    assert parts.sum() == pytest.approx(float(factors[0] @ member.vector), abs=1e-8)


def test_somebody_who_did_nothing_points_nowhere() -> None:
    factors = some()

    member = fold_in(factors[:0], np.empty(0), gram_of(factors), ridge=1.0)

    np.testing.assert_array_equal(member.vector, 0)


def test_a_surer_liking_pulls_the_score_of_that_item_up() -> None:
    factors = some()
    gram = gram_of(factors)

    weak = fold_in(factors[[4]], np.array([1.5]), gram, ridge=1.0)
    strong = fold_in(factors[[4]], np.array([30.0]), gram, ridge=1.0)

    assert factors[4] @ strong.vector > factors[4] @ weak.vector > 0


def test_the_likeliest_source_of_a_score_is_the_likest_item() -> None:
    factors = np.array([[1, 0, 0], [0, 1, 0], [0.9, 0.1, 0]], np.float32)
    confidences = np.array([5.0, 5.0])
    member = fold_in(factors[:2], confidences, gram_of(factors), ridge=0.1)

    parts = factors[2] @ contributions(factors[:2], confidences, member)

    assert parts[0] > parts[1]
