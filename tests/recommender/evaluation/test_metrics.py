from math import log2

import pytest

from recommender.evaluation.metrics import gain, quality


def test_the_gain_falls_with_the_place_and_ends_after_the_tenth() -> None:
    assert gain(0) == 1.0
    assert gain(1) == pytest.approx(1 / log2(3))
    assert gain(9) == pytest.approx(1 / log2(11))
    assert gain(10) == gain(None) == 0.0


def test_hits_and_gains_are_averaged_over_all_lists() -> None:
    found = quality([0, None, 9, 12], list("abcd"))

    assert found.hit == 0.5
    assert found.ndcg == pytest.approx((1 + 1 / log2(11)) / 4)
    assert found.n == 4


def test_the_interval_holds_the_mean_and_shrinks_with_more_members() -> None:
    few = quality([0, None] * 10, [str(n) for n in range(20)])
    many = quality([0, None] * 1000, [str(n) for n in range(2000)])

    assert few.low < few.hit < few.high
    assert many.high - many.low < (few.high - few.low) / 4


def test_a_thousand_lists_of_two_members_are_as_unsure_as_two_members() -> None:
    found = quality([0] * 500 + [None] * 500, ["a"] * 500 + ["b"] * 500)

    assert (found.low, found.high) == (0.0, 1.0)


def test_no_lists_have_no_quality() -> None:
    assert quality([], []).n == 0
