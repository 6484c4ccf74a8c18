"""Training the factor model with `implicit` (Hu, Koren, Volinsky 2008) on members × (items + clubs)."""

from collections import defaultdict

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from clubkit.ids import ClubId
from recommender.catalogue.schemas import Floats, ItemId
from recommender.evaluation.corpus import Corpus
from recommender.ranking.bundle import FactorModel
from recommender.retrieval.content import ContentModel, ridge_map
from recommender.training.settings import FactorSettings


def fit_factors(corpus: Corpus, content: ContentModel, settings: FactorSettings, *, seed: int) -> FactorModel:
    """Factors for every item and club that somebody liked. With no likings at all the tables are empty."""
    clubs_of = {item.id: item.club_id for item in corpus.items}
    items: dict[ItemId, int] = {}
    clubs: dict[ClubId, int] = {}
    for one in corpus.interactions:
        if one.weight > 0 and one.item_id in clubs_of:
            items.setdefault(one.item_id, len(items))
            clubs.setdefault(clubs_of[one.item_id], len(clubs))
    clubs = {club: len(items) + index for club, index in clubs.items()}
    likings = _likings(corpus, items, clubs, clubs_of)
    table = _solve(likings, len(items) + len(clubs), settings, seed)
    from_content = _from_content(corpus, content, items, table, likings, settings)
    return FactorModel(items, clubs, table, from_content, settings.ridge, settings.alpha)


Likings = dict[tuple[int, int], float]


def _likings(
    corpus: Corpus, items: dict[ItemId, int], clubs: dict[ClubId, int], clubs_of: dict[ItemId, ClubId]
) -> Likings:
    """Summed liking by (member, token)."""
    members: dict[str, int] = {}
    sums: Likings = defaultdict(float)
    for one in corpus.interactions:
        if one.item_id in items and one.weight > 0:
            member = members.setdefault(one.member, len(members))
            sums[member, items[one.item_id]] += one.weight
            sums[member, clubs[clubs_of[one.item_id]]] += one.weight
    return sums


def _solve(likings: Likings, tokens: int, settings: FactorSettings, seed: int) -> Floats:
    if not likings:
        return np.zeros((0, settings.dim), np.float32)
    # Heavy and optional at serving time, so it is imported where training begins and nowhere else.
    from implicit.als import AlternatingLeastSquares

    pairs = np.asarray(list(likings.keys()))
    confidences = 1.0 + settings.alpha * np.fromiter(likings.values(), np.float64, len(likings))
    shape = (int(pairs[:, 0].max()) + 1, tokens)
    matrix = csr_matrix((confidences.astype(np.float32), (pairs[:, 0], pairs[:, 1])), shape=shape)
    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(
            factors=settings.dim,
            regularization=settings.ridge,
            alpha=1.0,
            iterations=settings.iterations,
            use_gpu=False,
            random_state=seed,
            num_threads=settings.threads,
        )
        model.fit(matrix, show_progress=False)
    return np.asarray(model.item_factors, np.float32)


def _from_content(
    corpus: Corpus,
    content: ContentModel,
    items: dict[ItemId, int],
    table: Floats,
    likings: Likings,
    settings: FactorSettings,
) -> Floats:
    support = np.zeros(len(table))
    for (_, token), liking in likings.items():
        support[token] += liking
    known = [item for item in corpus.items if item.id in items]
    if not known:
        return np.zeros((content.dim, settings.dim), np.float32)
    rows = np.asarray([items[item.id] for item in known])
    vectors = np.stack([content.vector(item) for item in known])
    return ridge_map(vectors, table[rows], np.log1p(support[rows]), ridge=settings.content_ridge)
