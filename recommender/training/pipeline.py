"""From a corpus to a model that can serve."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from recommender.catalogue.catalogue import Catalogue
from recommender.evaluation.corpus import Corpus, Interaction
from recommender.evaluation.judging import judge
from recommender.evaluation.metrics import Quality
from recommender.evaluation.replay import Replay
from recommender.ranking.blend import prior_blend
from recommender.ranking.bundle import BlendWeights, KindModel
from recommender.ranking.engine import RankingEngine
from recommender.retrieval.content import fit_content
from recommender.retrieval.trends import Trends
from recommender.training.blending import examples, fit_blend
from recommender.training.factors import fit_factors
from recommender.training.sequences import fit_sequence
from recommender.training.settings import TrainingSettings

Progress = Callable[[str, float], None]
"""Told the step's name and the share done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Trained:
    """validation: on the last part of the corpus, by models that had not seen it."""

    model: KindModel
    validation: Quality


def silent(step: str, share: float) -> None:
    """A Progress that tells nobody."""


def fit(
    corpus: Corpus,
    settings: TrainingSettings,
    *,
    seed: int,
    progress: Progress = silent,
    before: KindModel | None = None,
) -> Trained:
    """Learn the blend on the last slice with models of the rest, then fit the models again on everything.

    before: these models of the rest, when the caller has them already.
    """
    earlier, future = slices(corpus, settings)
    progress("models of the past", 0.0)
    model = before or fit_models(earlier, settings, seed=seed)
    progress("blend", 0.4)
    blend, validation = learn_blend(model, earlier, future, settings, seed=seed)
    progress("models of everything", 0.7)
    final = fit_models(corpus, settings, seed=seed)
    progress("done", 1.0)
    return Trained(replace(final, blend=blend), validation)


def slices(corpus: Corpus, settings: TrainingSettings) -> tuple[Corpus, tuple[Interaction, ...]]:
    """What models may see while the blend is learned, and what the blend is learned on."""
    earlier = corpus.first(1.0 - settings.blend.held_out)
    return earlier, corpus.interactions[len(earlier.interactions) :]


def fit_models(corpus: Corpus, settings: TrainingSettings, *, seed: int) -> KindModel:
    """Content, factors and sequence model of a corpus, under the hand-set blend."""
    content = fit_content(corpus.items, seed=seed, dim=settings.content_dim)
    factors = fit_factors(corpus, content, settings.factors, seed=seed)
    told = None
    if settings.sequence:
        told = fit_sequence(corpus, settings.sequence, seed=seed, min_sequences=settings.min_sequences)
    sequence, table = told or (None, None)
    return KindModel(corpus.kind, content, factors, prior_blend(), sequence, table)


def replay_of(model: KindModel, corpus: Corpus, *, catalogue: Catalogue | None = None) -> Replay:
    """An engine that lived through the corpus."""
    if catalogue is None:
        catalogue = Catalogue(corpus.kind, model)
        for item in corpus.items:
            catalogue.put(item)
    replay = Replay(RankingEngine(model, catalogue, Trends()), corpus)
    for one in corpus.interactions:
        replay.observe(one)
    return replay


def learn_blend(
    model: KindModel, earlier: Corpus, future: tuple[Interaction, ...], settings: TrainingSettings, *, seed: int
) -> tuple[BlendWeights, Quality]:
    """Rounds sharpen the negatives. The quality is that of weights from the first two thirds on the last third."""
    cut = 2 * len(future) // 3
    for _ in range(settings.blend.rounds):
        rng = np.random.default_rng(seed)
        replay = replay_of(model, earlier)
        first = examples(replay, future[:cut], settings.blend, rng=rng)
        honest = replace(model, blend=fit_blend(first, settings.blend))
        last = examples(replay, future[cut:], settings.blend, rng=rng)
        model = replace(model, blend=fit_blend(first + last, settings.blend))
    lived = replace(earlier, interactions=(*earlier.interactions, *future[:cut]))
    return model.blend, judge(replay_of(honest, lived), future[cut:])["all"]
