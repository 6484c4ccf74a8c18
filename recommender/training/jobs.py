"""Training as a background job. Loaded by workers only."""

import asyncio
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from clubkit.clock import utc_now
from clubkit.jobs.port import JobRun
from clubkit.settings import Settings
from recommender.online.untrained import KINDS
from recommender.ranking.bundle import Bundle, Lineage
from recommender.registry.versions import Registry
from recommender.settings import RecommenderSettings
from recommender.training import corpora
from recommender.training.pipeline import Trained, fit
from recommender.training.settings import SequenceSettings, TrainingSettings

SEED = 7
ENOUGH = 30
"""Fewer likings of a kind than this teach nothing; the hand-set model goes on for it."""


async def train(run: JobRun) -> dict[str, Any]:
    """Trains every kind there is enough of, and promotes the new version. Answers version and metrics."""
    settings = run.ports[Settings]
    chosen = settings.section(RecommenderSettings)
    loop = asyncio.get_running_loop()

    def tell(share: float, stage: str) -> None:
        asyncio.run_coroutine_threadsafe(run.progress(share, stage), loop).result()

    worlds = await corpora.read(run.works, settings.data_dir)
    fitted, sizes = await asyncio.to_thread(_fit_all, worlds, training_settings(chosen), tell)
    version = f"{utc_now():%Y%m%d-%H%M%S}"
    metrics = {f"{kind}.{name}": value for kind, one in fitted.items() for name, value in _metrics(one).items()}
    watermark = max((world.watermark for world in worlds.values()), default=0.0)
    lineage = Lineage(f"{watermark:.0f}", SEED, sizes, metrics)
    registry = run.ports[Registry]
    if not fitted:
        return {"version": None, "why": "There is not enough to learn from yet.", "sizes": sizes}
    registry.save(Bundle(version, {kind: one.model for kind, one in fitted.items()}, lineage))
    registry.promote(version)
    registry.prune(chosen.keep_versions)
    return {"version": version, "metrics": metrics, "sizes": sizes, "sequence_model": _has_torch(chosen)}


def training_settings(chosen: RecommenderSettings) -> TrainingSettings:
    """Without torch the sequence model is left out."""
    return TrainingSettings(sequence=SequenceSettings() if _has_torch(chosen) else None)


def _has_torch(chosen: RecommenderSettings) -> bool:
    return chosen.sequence and find_spec("torch") is not None


def _fit_all(
    worlds: corpora.Worlds, settings: TrainingSettings, tell: Callable[[float, str], None]
) -> tuple[dict[Any, Trained], dict[str, int]]:
    fitted: dict[Any, Trained] = {}
    sizes: dict[str, int] = {}
    for number, kind in enumerate(KINDS):
        world = worlds[kind]
        likings = sum(1 for one in world.interactions if one.weight > 0)
        sizes |= {f"{kind}.items": len(world.items), f"{kind}.likings": likings}
        if likings >= ENOUGH:

            def say(step: str, share: float, *, number: int = number, kind: str = kind) -> None:
                tell((number + share) / len(KINDS), f"{kind}s: {step}")

            fitted[kind] = fit(world, settings, seed=SEED, progress=say)
    return fitted, sizes


def _metrics(trained: Trained) -> dict[str, float]:
    return {name: float(value) for name, value in vars_of(trained.validation).items() if isinstance(value, int | float)}


def vars_of(value: object) -> dict[str, Any]:
    """The fields of a slotted dataclass."""
    names = getattr(value, "__dataclass_fields__", {})
    return {name: getattr(value, name) for name in names}
