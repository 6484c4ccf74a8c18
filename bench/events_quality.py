"""Events: is the choice among the first ten? Meetup RSVPs, split by time, beside simple orders.

    python bench/events_quality.py [--seeds 1] [--cities chicago sfo]

Reads CLUBHUB_DATA (default ../shared/data); ranks with the engine that serves; writes results/events_quality.json.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: one request runs on one core

import numpy as np
from rich.console import Console
from rich.table import Table

from recommender.evaluation.baselines import chance, past_groups_soonest, play, popular
from recommender.evaluation.corpus import Corpus, Interaction
from recommender.evaluation.judging import Rules, judge
from recommender.evaluation.meetup import corpus_of
from recommender.evaluation.metrics import Quality, quality
from recommender.ranking.bundle import KindModel
from recommender.ranking.engine import Policy
from recommender.ranking.features import NAMES
from recommender.training.blending import examples, fit_blend
from recommender.training.pipeline import fit, fit_models, replay_of, slices
from recommender.training.settings import TrainingSettings

PROTOCOL = (
    "Time split per city: all models and weights from the first 80 % of RSVPs (blend weights on the last quarter of"
    " these, by models of the first three); each yes-RSVP of the last 20 % is ranked among ALL upcoming events of the"
    " city that the member has not answered yet, with what was known at that second. live: profiles and counters learn"
    " from earlier test RSVPs. profile frozen: counters learn, profiles stay at the cut. frozen: nothing learns."
    " eventYesRSVPCount and member_groups are not read."
)
SHARE = 0.8
REFERENCE = {
    "chicago": {"popular": (0.056, 0.026), "past groups + soonest": (0.242, 0.168)},
    "sfo": {"popular": (0.056, 0.026), "past groups + soonest": (0.223, 0.155)},
}
MODES = {
    "ours, live": Rules(wanted=1.0),
    "ours, as served (club cap, one drawn place)": Rules(wanted=1.0, policy=Policy()),
    "ours, profile frozen": Rules(wanted=1.0, profile=False),
    "ours, frozen": Rules(wanted=1.0, profile=False, trends=False),
}
ABLATIONS = {
    "ours, live, without iALS": frozenset({"factor_item", "factor_club"}),
    "ours, live, without the sequence model": frozenset({"sequence"}),
    "ours, live, without both": frozenset({"factor_item", "factor_club", "sequence"}),
}
Row = dict[str, Any]


def main() -> None:
    arguments = parser().parse_args()
    folder = Path(os.environ.get("CLUBHUB_DATA", "../shared/data")) / "recsys" / "meetup-rsvp"
    if not (folder / "rsvps.csv.gz").exists():
        sys.exit(f"No Meetup data under {folder}. Set CLUBHUB_DATA to the folder that holds recsys/.")
    console = Console()
    rows: list[Row] = []
    for city in arguments.cities:
        corpus = corpus_of(folder, city)
        rows += simple_orders(city, corpus)
        for seed in arguments.seeds:
            console.print(f"{city}, seed {seed}: training")
            rows += ours(city, corpus, seed, ablate=seed == arguments.seeds[0])
    console.print(table(rows))
    target = Path(__file__).parent / "results" / "events_quality.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report(rows, arguments.seeds), indent=2, ensure_ascii=False) + "\n")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--seeds", type=int, nargs="+", default=[1])
    made.add_argument("--cities", nargs="+", default=["chicago", "sfo"], choices=["chicago", "sfo"])
    return made


def simple_orders(city: str, corpus: Corpus) -> list[Row]:
    orders: dict[str, Callable[..., Any]] = {
        "random": chance, "popular": popular, "past groups + soonest": past_groups_soonest,
    }  # fmt: skip
    rows = [row(city, name, None, quality(*play(corpus, SHARE, order))) for name, order in orders.items()]
    frozen = quality(*play(corpus, SHARE, past_groups_soonest, live=False))
    return [*rows, row(city, "past groups + soonest, profile frozen", None, frozen)]


def ours(city: str, corpus: Corpus, seed: int, *, ablate: bool) -> list[Row]:
    past, settings = corpus.first(SHARE), TrainingSettings()
    future = corpus.interactions[len(past.interactions) :]
    began = time.perf_counter()
    before = fit_models(slices(past, settings)[0], settings, seed=seed)
    trained = fit(past, settings, seed=seed, before=before)
    seconds = time.perf_counter() - began
    rows = []
    for name, rules in MODES.items():
        replay = replay_of(trained.model, past)
        began = time.perf_counter()
        for segment, found in judge(replay, future, rules, seed=seed).items():
            rows.append(row(city, name, seed, found, segment=segment))
        rows[-3]["milliseconds_per_list"] = round(1000 * (time.perf_counter() - began) / rows[-3]["n"], 2)
    rows[0] |= {"train_seconds": round(seconds, 1), "validation_hit": round(trained.validation.hit, 4)}
    rows[0]["weights"] = weights(trained.model)
    return rows + (ablations(city, past, future, (before, trained.model), seed) if ablate else [])


def ablations(
    city: str, past: Corpus, future: tuple[Interaction, ...], models: tuple[KindModel, KindModel], seed: int
) -> list[Row]:
    """The blend learned again without some of its features. models: of the past's own past, and of the past."""
    settings = TrainingSettings()
    before, model = models
    earlier, slice_ = slices(past, settings)
    replay = replay_of(replace(before, blend=model.blend), earlier)
    found = examples(replay, slice_, settings.blend, rng=np.random.default_rng(seed))
    rows = []
    for name, without in ABLATIONS.items():
        blend = fit_blend(found, replace(settings.blend, without=without))
        judged = judge(replay_of(replace(model, blend=blend), past), future, Rules(wanted=1.0))
        rows.append(row(city, name, seed, judged["all"]))
    return rows


def weights(model: KindModel) -> dict[str, list[float]]:
    """By feature: for new members, for known ones."""
    return {
        name: [round(float(value), 3) for value in pair]
        for name, pair in zip(NAMES, model.blend.weights.T, strict=True)
    }


def row(city: str, name: str, seed: int | None, found: Quality, *, segment: str = "all") -> Row:
    numbers = {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(found).items()}
    return {"city": city, "order": name, "seed": seed, "members": segment, **numbers}


def table(rows: list[Row]) -> Table:
    shown = Table(title="Events: is the choice among the first ten?")
    for title in ("city", "order", "seed", "HR@10", "95 %", "NDCG@10", "reference"):
        shown.add_column(title)
    for one in (one for one in rows if one["members"] == "all"):
        reference = REFERENCE[one["city"]].get(one["order"])
        told = f"{reference[0]:.3f} / {reference[1]:.3f}" if reference else ""
        interval = f"{one['low']:.3f}–{one['high']:.3f}"
        seed = str(one["seed"] or "")
        shown.add_row(one["city"], one["order"], seed, f"{one['hit']:.3f}", interval, f"{one['ndcg']:.3f}", told)
    return shown


def report(rows: list[Row], seeds: list[int]) -> Row:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    machine = {
        "cores": os.cpu_count(),
        "processor": processor(),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }
    return {
        "protocol": PROTOCOL,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "machine": machine,
        "seeds": seeds,
        "reference": REFERENCE,
        "rows": rows,
    }


def processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    main()
