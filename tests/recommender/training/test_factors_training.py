import numpy as np
import pytest
from implicit.als import AlternatingLeastSquares
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from recommender.evaluation.corpus import Corpus
from recommender.ranking.bundle import FactorModel
from recommender.retrieval.content import fit_content
from recommender.retrieval.factors import fold_in
from recommender.training.factors import fit_factors
from recommender.training.settings import FactorSettings
from tests.recommender.worlds import event, world

SMALL = FactorSettings(dim=8, ridge=1.0, alpha=10.0, threads=1)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return world()


@pytest.fixture(scope="module")
def model(corpus: Corpus) -> FactorModel:
    return fit_factors(corpus, fit_content(corpus.items, seed=1, dim=32), SMALL, seed=1)


def test_our_fold_in_is_the_one_of_the_library() -> None:
    rng = np.random.default_rng(0)
    matrix = csr_matrix(np.where(rng.random((40, 25)) < 0.2, rng.uniform(1, 20, (40, 25)), 0).astype(np.float32))
    with threadpool_limits(1, "blas"):
        library = AlternatingLeastSquares(factors=5, regularization=0.3, alpha=1.0, random_state=1, use_gpu=False)
        library.fit(matrix, show_progress=False)
        theirs = library.recalculate_user(7, matrix[7])
    factors = np.asarray(library.item_factors)
    row = matrix[7]

    ours = fold_in(factors[row.indices], row.data.astype(float), factors.T.astype(float) @ factors, ridge=0.3)

    np.testing.assert_allclose(ours.vector, theirs, rtol=1e-3, atol=1e-4)


def test_items_of_one_group_lie_closer_than_items_of_different_groups(corpus: Corpus, model: FactorModel) -> None:
    group = {item.id: int(item.club_id[1:]) // 3 for item in corpus.items}
    ids = list(model.items)
    table = model.table[[model.items[name] for name in ids]]
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    alike = unit @ unit.T
    same = np.equal.outer([group[name] for name in ids], [group[name] for name in ids])

    assert alike[same].mean() > alike[~same].mean() + 0.3


def test_every_liked_item_and_club_has_a_row_of_its_own(corpus: Corpus, model: FactorModel) -> None:
    rows = [*model.items.values(), *model.clubs.values()]

    assert sorted(rows) == list(range(len(model.table)))
    assert set(model.items) == {one.item_id for one in corpus.interactions}
    assert len(model.clubs) == 12


def test_a_new_item_of_a_club_gets_a_factor_near_those_of_its_club(corpus: Corpus, model: FactorModel) -> None:
    content = fit_content(corpus.items, seed=1, dim=32)
    new = event("brand-new", "c0", title="football", text="training")
    guessed = content.vector(new) @ model.from_content

    def cosine(club: str) -> float:
        mean = np.mean(
            [model.table[model.items[i.id]] for i in corpus.items if i.club_id == club and i.id in model.items], 0
        )
        return float(guessed @ mean / np.linalg.norm(guessed) / np.linalg.norm(mean))

    assert cosine("c0") > cosine("c6") + 0.3


def test_the_same_seed_gives_the_same_factors(corpus: Corpus, model: FactorModel) -> None:
    again = fit_factors(corpus, fit_content(corpus.items, seed=1, dim=32), SMALL, seed=1)

    np.testing.assert_allclose(again.table, model.table, atol=1e-4)


def test_refusals_alone_teach_nothing_and_break_nothing(corpus: Corpus) -> None:
    empty = Corpus("event", corpus.items, ())

    model = fit_factors(empty, fit_content(corpus.items, seed=1, dim=32), SMALL, seed=1)

    assert model.table.shape == (0, 8)
    assert not model.from_content.any()
    assert model.gram.shape == (8, 8)
