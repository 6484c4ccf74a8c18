from collections import Counter

import numpy as np
import pytest

from recommender.ranking.engine import Policy
from recommender.ranking.exploration import chances, draw
from tests.recommender.models import Town
from tests.recommender.worlds import event

EXPLORE = Policy(per_club=None, explore=True)


def test_chances_sum_to_one_and_prefer_the_better_and_the_less_seen() -> None:
    odds = chances(np.float32([1, 0, 0]), np.array([0.0, 0.0, 50.0]))

    assert odds.sum() == pytest.approx(1.0)
    assert odds[0] > odds[1] > odds[2] > 0


def test_the_logged_propensity_is_the_frequency_with_which_it_is_drawn() -> None:
    rows, scores, seen = np.arange(4), np.float32([2, 1, 0, 0]), np.array([0.0, 0.0, 0.0, 8.0])
    rng = np.random.default_rng(0)

    drawn = [draw(rows, scores, seen, rng) for _ in range(20_000)]
    often = Counter(one.row for one in drawn if one)
    logged = {one.row: one.propensity for one in drawn if one}

    for row in range(4):
        assert often[row] / 20_000 == pytest.approx(logged[row], abs=0.01)


def test_nothing_left_means_nothing_drawn() -> None:
    assert draw(np.empty(0, np.intp), np.empty(0, np.float32), np.empty(0), np.random.default_rng(0)) is None


def big_town() -> Town:
    return Town(*(event(f"e{n}", f"c{n}", starts_in_hours=n + 1) for n in range(60)))


def test_one_place_is_drawn_and_says_so_and_all_others_are_not() -> None:
    ranked = big_town().ranked(limit=10, policy=EXPLORE)

    assert [one.propensity is not None for one in ranked] == [False] * 9 + [True]
    assert ranked[-1].reason.code == "explore"
    assert 0 < (ranked[-1].propensity or 0) < 1


def test_the_drawn_item_is_none_of_those_above_it_and_changes_with_the_seed() -> None:
    town = big_town()

    last = {town.ranked(limit=10, policy=EXPLORE, seed=seed)[-1].item_id for seed in range(30)}
    above = {one.item_id for one in town.ranked(limit=10, policy=EXPLORE)[:9]}

    assert len(last) > 5
    assert not last & above


def test_a_list_that_shows_everything_has_nothing_to_explore() -> None:
    town = Town(*(event(f"e{n}") for n in range(5)))

    assert all(one.propensity is None for one in town.ranked(limit=10, policy=EXPLORE))
    assert all(one.propensity is None for one in town.ranked(limit=5, policy=EXPLORE))
