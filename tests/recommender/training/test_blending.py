from dataclasses import replace

import numpy as np
import pytest

from recommender.evaluation.corpus import Corpus, Interaction
from recommender.evaluation.replay import Replay
from recommender.ranking.blend import prior_blend
from recommender.ranking.features import NAMES
from recommender.training.blending import Example, examples, fit_blend
from recommender.training.settings import BlendSettings
from tests.recommender.models import Town
from tests.recommender.worlds import START, event

SETTINGS = BlendSettings(min_examples=10, floors={})
NEAR, HOT = NAMES.index("near"), NAMES.index("hot")


def choices(feature: int, count: int = 200, *, segment: int = 1) -> list[Example]:
    """Choices that follow one feature with a weight of 4, and none of the others."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(count):
        features = np.zeros((30, len(NAMES)), np.float32)
        features[:, [NEAR, HOT]] = rng.random((30, 2))
        odds = np.exp(4 * features[:, feature])
        chosen = rng.choice(30, p=odds / odds.sum())
        features[[0, chosen]] = features[[chosen, 0]]
        found.append(Example(segment, features, np.zeros(30, np.float32)))
    return found


def test_it_finds_the_weight_that_made_the_choices() -> None:
    blend = fit_blend(choices(NEAR, 800), replace(SETTINGS, prior_strength=0.01))

    assert blend.weights[1, NEAR] == pytest.approx(4.0, abs=0.6)
    assert blend.weights[1, HOT] < 0.6


def test_a_strong_prior_holds_the_weight_back() -> None:
    loose = fit_blend(choices(HOT), replace(SETTINGS, prior_strength=0.01)).weights[1, HOT]
    tight = fit_blend(choices(HOT), replace(SETTINGS, prior_strength=1e5)).weights[1, HOT]

    assert loose > 2
    assert tight == pytest.approx(prior_blend().weights[1, HOT], abs=0.2)


def test_what_the_examples_never_showed_keeps_its_hand_set_weight() -> None:
    blend = fit_blend(choices(NEAR), SETTINGS)

    assert blend.weights[1, NAMES.index("club_mine")] == pytest.approx(2.0, abs=1e-3)


def test_each_segment_learns_for_itself_and_too_few_examples_teach_nothing() -> None:
    blend = fit_blend(choices(NEAR, segment=1) + choices(HOT, 5, segment=0), SETTINGS)

    np.testing.assert_array_equal(blend.weights[0], prior_blend().weights[0])
    assert blend.weights[1, NEAR] > prior_blend().weights[1, NEAR]


def test_no_weight_is_negative_and_none_below_its_floor() -> None:
    against = [Example(1, -one.features, one.offsets) for one in choices(NEAR)]

    plain = fit_blend(against, replace(SETTINGS, prior_strength=0.01))
    floored = fit_blend(against, replace(SETTINGS, prior_strength=0.01, floors={"near": 0.3}))

    assert plain.weights.min() == 0
    assert floored.weights[1, NEAR] == pytest.approx(0.3)


def test_a_feature_left_out_weighs_nothing_in_either_segment() -> None:
    blend = fit_blend(choices(NEAR), replace(SETTINGS, without=frozenset({"near", "hot"})))

    assert not blend.weights[:, [NEAR, HOT]].any()


def test_sampled_negatives_that_stand_for_many_do_not_bend_the_weights() -> None:
    """A tenth of the negatives with an offset of log 10 should teach about what all of them teach."""
    rng = np.random.default_rng(1)
    thinned = []
    for one in choices(NEAR, 1500):
        kept = np.r_[0, 1 + rng.choice(29, 10, replace=False)]
        thinned.append(Example(1, one.features[kept], np.r_[0, np.full(10, np.log(2.9))].astype(np.float32)))
    loose = replace(SETTINGS, prior_strength=0.01)

    assert fit_blend(thinned, loose).weights[1, NEAR] == pytest.approx(
        fit_blend(choices(NEAR, 1500), loose).weights[1, NEAR], abs=0.5
    )


def town_replay(likings: int) -> tuple[Replay, tuple[Interaction, ...]]:
    items = tuple(event(f"e{n}", f"c{n % 5}", starts_in_hours=500 + n) for n in range(40))
    town = Town(*items)
    happened = tuple(
        Interaction(f"m{n}", items[n % 40].id, 1.0 if n % 4 else 0.0, START.timestamp() + 60 * n)
        for n in range(likings)
    )
    return Replay(town.engine, Corpus("event", items, happened)), happened


def test_examples_are_taken_before_the_choice_is_known_and_never_of_refusals() -> None:
    replay, future = town_replay(40)

    found = examples(replay, future, BlendSettings(hard=5, random=5), rng=np.random.default_rng(0))

    assert len(found) == 30
    assert all(one.features[0, NAMES.index("ever")] == 0 for one in found)
    assert all(one.features.shape == (11, len(NAMES)) for one in found)


def test_no_more_examples_than_asked_for_are_taken() -> None:
    replay, future = town_replay(400)

    found = examples(replay, future, BlendSettings(max_examples=40), rng=np.random.default_rng(0))

    assert 15 <= len(found) <= 60
