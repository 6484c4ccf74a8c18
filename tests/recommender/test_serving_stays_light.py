"""The web process never loads the training frameworks: they are gigabytes, and serving needs arrays only."""

import subprocess
import sys

SERVING = (
    "recommender.catalogue.catalogue",
    "recommender.ranking.engine",
    "recommender.registry.versions",
    "recommender.retrieval.sequence",
    "recommender.retrieval.trends",
    "recommender.training.pipeline",
)


def test_importing_leaves_torch_and_implicit_out() -> None:
    code = f"import sys, {', '.join(SERVING)}; print([name for name in ('torch', 'implicit') if name in sys.modules])"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=100)

    assert told.stdout.strip() == "[]"


def test_a_saved_sequence_model_is_served_without_torch() -> None:
    code = (
        "import sys, numpy as np\n"
        "sys.modules['torch'] = None\n"
        "from tests.recommender.registry.test_versions import with_sequence\n"
        "from recommender.training.pipeline import fit_models, replay_of\n"
        "from recommender.training.settings import TrainingSettings, FactorSettings\n"
        "from tests.recommender.worlds import world\n"
        "corpus = world().first(0.2)\n"
        "settings = TrainingSettings(factors=FactorSettings(dim=4, iterations=1, threads=1), sequence=None)\n"
        "replay = replay_of(with_sequence(fit_models(corpus, settings, seed=1)), corpus)\n"
        "rng, now = np.random.default_rng(0), corpus.watermark\n"
        "print(len(replay.engine.rank(replay.profile('m1'), now=now, limit=5, rng=rng)))\n"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=100)

    assert told.stdout.strip() == "5"
