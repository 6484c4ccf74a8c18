import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.retrieval.decay import REBASE_AFTER, DecayedCounts

HOUR = 3600.0
NOW = 1_790_000_000.0


def test_a_count_halves_with_each_half_life() -> None:
    counts = DecayedCounts(HOUR)
    counts.add(2, NOW, 8.0)

    assert counts.read(NOW, 3)[2] == pytest.approx(8.0)
    assert counts.read(NOW + HOUR, 3)[2] == pytest.approx(4.0)
    assert counts.read(NOW + 3 * HOUR, 3)[2] == pytest.approx(1.0)


def test_rows_that_nobody_touched_are_zero_even_beyond_the_first_thousand() -> None:
    counts = DecayedCounts(HOUR)
    counts.add(0, NOW)

    assert counts.read(NOW, 5000)[1:].sum() == 0
    assert len(counts.read(NOW, 5000)) == 5000


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 5)), min_size=1, max_size=20))
def test_counts_equal_the_sum_of_the_faded_actions(actions: list[tuple[float, float]]) -> None:
    counts = DecayedCounts(HOUR)
    for hours, weight in actions:
        counts.add(0, NOW + hours * HOUR, weight)

    later = NOW + 101 * HOUR
    expected = sum(weight * 0.5 ** (101 - hours) for hours, weight in actions)

    assert counts.read(later, 1)[0] == pytest.approx(expected, rel=1e-9)


def test_a_late_action_enters_with_the_weight_it_has_by_now() -> None:
    in_order, late = DecayedCounts(HOUR), DecayedCounts(HOUR)
    for at in (NOW, NOW + HOUR):
        in_order.add(0, at)
    for at in (NOW + HOUR, NOW):
        late.add(0, at)

    assert late.read(NOW + HOUR, 1)[0] == pytest.approx(in_order.read(NOW + HOUR, 1)[0]) == pytest.approx(1.5)


def test_years_of_actions_neither_overflow_nor_forget_the_newest() -> None:
    counts = DecayedCounts(HOUR)
    for step in range(5):
        counts.add(0, NOW + step * (REBASE_AFTER + 1) * HOUR)

    assert counts.read(NOW + 4 * (REBASE_AFTER + 1) * HOUR, 1)[0] == pytest.approx(1.0)
