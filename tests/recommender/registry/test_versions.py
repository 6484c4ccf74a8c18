import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.evaluation.corpus import Corpus
from recommender.evaluation.judging import RELEVANCE
from recommender.ranking.bundle import BlendWeights, Bundle, KindModel, Lineage, SequenceTable
from recommender.ranking.profile import Profile
from recommender.registry.versions import BrokenBundle, NoModel, Registry
from recommender.retrieval.sequence import SequenceModel
from recommender.training.pipeline import fit_models, replay_of
from recommender.training.settings import FactorSettings, TrainingSettings
from tests.recommender.worlds import HOME, world


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return world().first(0.5)


@pytest.fixture(scope="module")
def bundle(corpus: Corpus) -> Bundle:
    settings = TrainingSettings(factors=FactorSettings(dim=8, iterations=3, threads=1), sequence=None, content_dim=16)
    lineage = Lineage("2026-11-01T00:00:00+00:00", 7, {"event.items": 144}, {"event.hit": 0.4})
    return Bundle("v1", {"event": with_sequence(fit_models(corpus, settings, seed=1))}, lineage)


def with_sequence(model: KindModel) -> KindModel:
    """A sequence model of random weights, so that its arrays go through the file as well."""
    rng = np.random.default_rng(0)

    def some(*shape: int):
        return rng.normal(size=shape).astype(np.float32) * 0.1

    squares = {f"w{name}": some(4, 4) for name in "qkvo"} | {f"b{name}": some(4) for name in "qkvo"}
    norms = {f"norm{n}_{part}": some(4) for n in "12" for part in ("scale", "shift")}
    block = squares | norms | {"w1": some(4, 8), "b1": some(8), "w2": some(8, 4), "b2": some(4)}
    rows = len(model.factors.items) + len(model.factors.clubs)
    table = SequenceTable(model.factors.items, model.factors.clubs, some(rows, 4))
    final = {"norm_scale": some(4), "norm_shift": some(4)}
    return replace(model, sequence=SequenceModel(some(6, 4), (block,), final, 2), sequence_table=table)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path)


def damaged(registry: Registry, bundle: Bundle, tmp_path: Path) -> Path:
    registry.save(bundle)
    return tmp_path / "versions" / "v1"


def test_a_loaded_model_ranks_exactly_like_the_saved_one(registry: Registry, bundle: Bundle, corpus: Corpus) -> None:
    registry.save(bundle)
    loaded = registry.load("v1")

    def scores(model):
        replay = replay_of(model, corpus)
        return replay.engine.score(replay.profile("m3"), now=corpus.watermark).scores

    np.testing.assert_array_equal(scores(loaded.kinds["event"]), scores(bundle.kinds["event"]))
    assert loaded.lineage == bundle.lineage
    assert loaded.version == "v1"


def test_nothing_is_current_until_something_is_promoted(registry: Registry, bundle: Bundle) -> None:
    assert registry.current() is None
    registry.save(bundle)
    assert registry.current() is None
    with pytest.raises(NoModel):
        registry.load()

    registry.promote("v1")

    assert registry.current() == "v1"
    assert registry.load().version == "v1"


def test_rollback_returns_to_the_version_before(registry: Registry, bundle: Bundle) -> None:
    for version in ("v1", "v2", "v3"):
        registry.save(replace(bundle, version=version))
        registry.promote(version)

    assert registry.rollback() == "v2"
    assert registry.current() == "v2"
    assert registry.rollback() == "v1"
    with pytest.raises(NoModel):
        registry.rollback()
    assert registry.current() == "v1"


def test_another_reader_of_the_folder_sees_the_swap(registry: Registry, bundle: Bundle, tmp_path: Path) -> None:
    other = Registry(tmp_path)
    registry.save(bundle)
    registry.promote("v1")

    assert other.current() == "v1"


def test_a_version_never_changes_once_written(registry: Registry, bundle: Bundle) -> None:
    registry.save(bundle)

    with pytest.raises(FileExistsError):
        registry.save(bundle)


def test_a_file_cut_short_is_refused_and_never_promoted(registry: Registry, bundle: Bundle, tmp_path: Path) -> None:
    path = damaged(registry, bundle, tmp_path) / "event.npz"
    path.write_bytes(path.read_bytes()[:-100])

    with pytest.raises(BrokenBundle, match="cut short"):
        registry.load("v1")
    with pytest.raises(BrokenBundle):
        registry.promote("v1")
    assert registry.current() is None


def test_a_missing_file_or_manifest_is_named(registry: Registry, bundle: Bundle, tmp_path: Path) -> None:
    folder = damaged(registry, bundle, tmp_path)
    (folder / "event.npz").unlink()
    with pytest.raises(BrokenBundle, match=r"event\.npz is missing"):
        registry.load("v1")

    (folder / "manifest.json").write_text("{")
    with pytest.raises(BrokenBundle, match="not JSON"):
        registry.load("v1")
    with pytest.raises(NoModel, match="v9"):
        registry.load("v9")


def test_a_format_from_the_future_is_refused(registry: Registry, bundle: Bundle, tmp_path: Path) -> None:
    path = damaged(registry, bundle, tmp_path) / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"format": 99}))

    with pytest.raises(BrokenBundle, match="format"):
        registry.load("v1")


def test_numbers_that_are_none_are_refused(registry: Registry, bundle: Bundle) -> None:
    model = bundle.kinds["event"]
    table = model.factors.table.copy()
    table[0, 0] = np.nan
    registry.save(replace(bundle, kinds={"event": replace(model, factors=replace(model.factors, table=table))}))

    with pytest.raises(BrokenBundle, match="not finite"):
        registry.load("v1")


def test_arrays_that_do_not_fit_together_are_refused(registry: Registry, bundle: Bundle) -> None:
    model = bundle.kinds["event"]
    short = replace(model.factors, table=model.factors.table[:-1])
    registry.save(replace(bundle, kinds={"event": replace(model, factors=short)}))

    with pytest.raises(BrokenBundle, match=r"factors\.table has the wrong shape"):
        registry.load("v1")


def test_a_blend_of_unknown_features_is_refused_at_loading_not_at_serving(registry: Registry, bundle: Bundle) -> None:
    strange = BlendWeights(("telepathy",), np.ones((2, 1), np.float32))
    registry.save(replace(bundle, kinds={"event": replace(bundle.kinds["event"], blend=strange)}))

    with pytest.raises(BrokenBundle, match="telepathy"):
        registry.load("v1")


def test_half_written_versions_are_invisible(registry: Registry, bundle: Bundle, tmp_path: Path) -> None:
    registry.save(bundle)
    (tmp_path / "versions" / ".v2.draft").mkdir()

    assert registry.versions() == ["v1"]


def test_pruning_keeps_the_newest_the_current_and_the_one_before(registry: Registry, bundle: Bundle) -> None:
    for number in range(1, 7):
        registry.save(replace(bundle, version=f"v{number}"))
    registry.promote("v1")
    registry.promote("v2")

    assert registry.prune(keep=1) == ["v3", "v4", "v5"]
    assert registry.versions() == ["v1", "v2", "v6"]
    assert registry.rollback() == "v1"


def test_the_manifest_tells_the_lineage(registry: Registry, bundle: Bundle) -> None:
    registry.save(bundle)

    lineage = registry.manifest("v1")["lineage"]

    assert lineage == {
        "watermark": "2026-11-01T00:00:00+00:00",
        "seed": 7,
        "sizes": {"event.items": 144},
        "metrics": {"event.hit": 0.4},
    }


def test_a_loaded_model_ranks_for_a_member_without_a_past(registry: Registry, bundle: Bundle, corpus: Corpus) -> None:
    registry.save(bundle)
    replay = replay_of(registry.load("v1").kinds["event"], corpus)

    ranked = replay.engine.rank(
        Profile(place=HOME), now=corpus.watermark, limit=5, rng=np.random.default_rng(0), policy=RELEVANCE
    )

    assert len(ranked) == 5
