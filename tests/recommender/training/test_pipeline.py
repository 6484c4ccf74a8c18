from dataclasses import replace

import numpy as np
import pytest

from recommender.evaluation.baselines import past_groups_soonest, play, popular
from recommender.evaluation.corpus import Corpus
from recommender.evaluation.judging import judge
from recommender.evaluation.metrics import quality
from recommender.ranking.blend import prior_blend
from recommender.ranking.features import NAMES
from recommender.training.pipeline import Trained, fit, replay_of
from recommender.training.settings import BlendSettings, FactorSettings, SequenceSettings, TrainingSettings
from tests.recommender.worlds import Taste, world

FAST = TrainingSettings(
    factors=FactorSettings(dim=16, iterations=8, threads=1),
    sequence=None,
    blend=BlendSettings(min_examples=50, max_examples=300, rounds=1),
    content_dim=32,
)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Members tour the clubs of their group, so that where they went last says more than where they went most."""
    return world(Taste(clubs_per_group=6, events_per_club=6, home=0.0, tour=0.8))


@pytest.fixture(scope="module")
def trained(corpus: Corpus) -> Trained:
    return fit(corpus.first(0.8), FAST, seed=1)


def test_the_trained_ranking_beats_both_simple_orders_on_the_unseen_end(corpus: Corpus, trained: Trained) -> None:
    past = corpus.first(0.8)
    future = corpus.interactions[len(past.interactions) :]

    ours = judge(replay_of(trained.model, past), future)["all"]

    for simple in (popular, past_groups_soonest):
        theirs = quality(*play(corpus, 0.8, simple))
        assert ours.n == theirs.n
        assert ours.hit > theirs.hit


def test_it_moved_away_from_the_hand_set_weights_and_kept_the_floors(trained: Trained) -> None:
    weights = dict(zip(NAMES, trained.model.blend.weights[1], strict=True))

    assert not np.allclose(trained.model.blend.weights, prior_blend().weights)
    assert weights["factor_item"] >= 0.3 - 1e-6
    assert weights["sequence"] >= 0.05 - 1e-6


def test_validation_is_reported_with_its_interval(trained: Trained) -> None:
    told = trained.validation

    assert told.n > 50
    assert 0 < told.low <= told.hit <= told.high < 1


def test_progress_goes_from_nothing_to_everything(corpus: Corpus) -> None:
    told: list[float] = []
    fit(corpus.first(0.3), FAST, seed=1, progress=lambda step, share: told.append(share))

    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_a_world_with_hardly_anybody_keeps_the_hand_set_weights_and_still_ranks() -> None:
    corpus = world(Taste(members=4, answers_per_member=2))

    trained = fit(corpus, TrainingSettings(), seed=1)
    replay = replay_of(trained.model, corpus)
    ranked = replay.engine.rank(replay.profile("m0"), now=corpus.watermark, limit=10, rng=np.random.default_rng(0))

    assert trained.model.sequence is None
    np.testing.assert_array_equal(trained.model.blend.weights, prior_blend().weights)
    assert len(ranked) == 10


def test_an_empty_world_can_be_trained_on() -> None:
    trained = fit(Corpus("reel", (), ()), TrainingSettings(), seed=1)

    assert trained.validation.n == 0
    assert trained.model.factors.table.shape[0] == 0


def test_the_sequence_model_goes_through_the_same_door(corpus: Corpus) -> None:
    pytest.importorskip("torch", reason="the sequence model is an extra")
    settings = replace(FAST, sequence=SequenceSettings(dim=16, epochs=2, threads=1))

    trained = fit(corpus.first(0.4), settings, seed=1)
    replay = replay_of(trained.model, corpus.first(0.4))
    scored = replay.engine.score(replay.profile("m0"), now=corpus.watermark)

    assert trained.model.sequence is not None
    assert np.ptp(scored.features(np.arange(len(scored.rows)))[NAMES.index("sequence")]) > 0
