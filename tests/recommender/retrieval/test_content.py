import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from recommender.catalogue.schemas import Item
from recommender.retrieval.content import ContentModel, bucket_of, features_of, fit_content, ridge_map
from tests.recommender.worlds import event

WORDS = ("rowing on the river", "chess for beginners", "river rowing regatta", "open mic night", "handball cup")


@pytest.fixture(scope="module")
def model() -> ContentModel:
    return fit_content([event(f"e{n}", f"c{n}", text=text) for n, text in enumerate(WORDS)], seed=3)


def likeness(model: ContentModel, a: Item, b: Item) -> float:
    return float(model.vector(a) @ model.vector(b))


def about(text: str, club: str) -> Item:
    return replace(event("x", club, text=text, place=None), title="", starts_at=None)


def test_events_about_the_same_thing_are_alike(model: ContentModel) -> None:
    rowing, regatta, chess = about("rowing on the river", "a"), about("river regatta rowing", "b"), about("chess", "c")

    assert likeness(model, rowing, regatta) > 0.5 > likeness(model, rowing, chess) + 0.2


def test_a_word_is_known_in_its_inflected_and_accented_forms(model: ContentModel) -> None:
    assert likeness(model, about("Kletterhalle", "a"), about("klettern", "b")) > 0.25
    assert likeness(model, about("café", "a"), about("CAFE", "a")) == pytest.approx(1.0, abs=1e-5)


def test_events_of_one_club_at_the_same_hour_and_place_are_alike_without_a_word(model: ContentModel) -> None:
    monday = replace(event("x", "c9"), title="")
    next_monday = replace(event("y", "c9", starts_in_hours=24 * 8), title="")
    elsewhere = replace(event("z", "c8", starts_in_hours=24 * 3 + 5, place=None), title="")

    assert likeness(model, monday, next_monday) == pytest.approx(1.0, abs=1e-5)
    assert likeness(model, monday, elsewhere) < 0.5


def test_every_item_has_length_one(model: ContentModel) -> None:
    assert np.linalg.norm(model.vector(event("x", text="some words"))) == pytest.approx(1.0, abs=1e-5)


def test_a_rare_word_says_more_than_a_common_one() -> None:
    model = fit_content([event(f"e{n}", text="training" + (" sabre" if n == 0 else "")) for n in range(50)], seed=1)

    assert model.idf[bucket_of("w:sabre", 8192)] > 2 * model.idf[bucket_of("w:training", 8192)]


def test_the_same_item_has_the_same_vector_in_another_process() -> None:
    code = "from recommender.retrieval.content import bucket_of; print(bucket_of('w:rowing', 8192))"

    elsewhere = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert int(elsewhere.stdout) == bucket_of("w:rowing", 8192)


def test_an_item_speaks_of_its_club_its_place_and_its_hour() -> None:
    said = features_of(event("x", "c7", text="Go!"))

    assert {"c:c7", "w:go"} <= set(said)
    assert any(word.startswith("p:") for word in said)
    assert any(word.startswith("h:") for word in said)


def test_the_ridge_map_recovers_a_linear_relation() -> None:
    rng = np.random.default_rng(0)
    content, truth = rng.normal(size=(300, 10)).astype(np.float32), rng.normal(size=(10, 4)).astype(np.float32)

    found = ridge_map(content, content @ truth, np.ones(300), ridge=1e-6)

    np.testing.assert_allclose(found, truth, atol=1e-3)


def test_well_known_factors_count_more_in_the_ridge_map() -> None:
    content = np.float32([[1.0], [1.0]])

    found = ridge_map(content, np.float32([[10.0], [0.0]]), np.array([9.0, 1.0]), ridge=0.0)

    assert found[0, 0] == pytest.approx(9.0)
