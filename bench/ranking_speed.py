"""Ranking 20 of 25,000 events for a busy member: milliseconds per list, on one core.

    python bench/ranking_speed.py [--items 25000] [--lists 500]

CPU time is quoted beside wall time, for machines that are shared. The floor is one product of the same factor table
with one vector, which no exact ranking can avoid.
"""

import argparse
import json
import os
import platform
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: one request runs on one core

import numpy as np

from clubkit.ids import ClubId
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Item, ItemId, Place
from recommender.ranking.blend import prior_blend
from recommender.ranking.bundle import FactorModel, KindModel, SequenceTable
from recommender.ranking.engine import RankingEngine
from recommender.ranking.profile import Action, Profile
from recommender.retrieval.content import fit_content
from recommender.retrieval.sequence import SequenceModel
from recommender.retrieval.trends import Trends

START = datetime(2026, 11, 21, tzinfo=UTC)
NOW = START.timestamp()
HOME = Place(41.88, -87.63)
DIM, CLUBS = 64, 1600
Times = dict[str, float]


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--items", type=int, default=25_000)
    made.add_argument("--lists", type=int, default=500)
    asked = made.parse_args()
    rng = np.random.default_rng(1)
    engine = engine_of(asked.items, rng)
    members = [member(engine, rng) for _ in range(asked.lists)]
    vector = rng.normal(size=DIM).astype(np.float32)
    found = {
        "ours": timed([partial(engine.rank, one, now=NOW, limit=20, rng=rng) for one in members]),
        "floor: one product": timed([partial(np.dot, engine.catalogue.factors, vector)] * asked.lists),
    }
    for name, times in found.items():
        print(f"{name:20s}", "  ".join(f"{key} {value:.2f}" for key, value in times.items()))
    report = {
        "claim": f"20 of {asked.items} events in less than 5 ms at the median, on one core",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": subprocess.run(
            ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False
        ).stdout.strip(),
        "machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0], "python": platform.python_version()},
        "milliseconds": found,
    }
    target = Path(__file__).parent / "results" / "ranking_speed.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(report, indent=2) + "\n")


def timed(calls: list[Callable[[], object]]) -> Times:
    """Milliseconds, after a tenth of the calls to warm up."""
    for call in calls[: len(calls) // 10]:
        call()
    wall, cpu = [], []
    for call in calls:
        wall_began, cpu_began = time.perf_counter(), time.process_time()
        call()
        cpu.append(time.process_time() - cpu_began)
        wall.append(time.perf_counter() - wall_began)
    quantiles = {"wall_p50": (wall, 50), "wall_p99": (wall, 99), "cpu_p50": (cpu, 50), "cpu_p99": (cpu, 99)}
    return {name: round(1000 * float(np.percentile(values, at)), 3) for name, (values, at) in quantiles.items()}


def engine_of(count: int, rng: np.random.Generator) -> RankingEngine:
    """Everything filled: factors, sequence embeddings, contents, a fortnight of answers."""
    items = [event(number, rng) for number in range(count)]
    ids = {item.id: row for row, item in enumerate(items)}
    clubs = {ClubId(f"c{club}"): count + club for club in range(CLUBS)}
    table = rng.normal(size=(count + CLUBS, DIM)).astype(np.float32)
    content = fit_content(items, seed=1)
    factors = FactorModel(ids, clubs, table, np.zeros((content.dim, DIM), np.float32), 20.0, 40.0)
    model = KindModel("event", content, factors, prior_blend(), sequence(rng), SequenceTable(ids, clubs, 0.02 * table))
    catalogue = Catalogue("event", model)
    for item in items:
        catalogue.put(item)
    trends = Trends()
    for _ in range(2 * count):
        rows = rng.integers(0, count, 3).tolist()
        before = [(row, int(catalogue.club[row])) for row in rows[1:]]
        at = NOW - float(rng.uniform(0, 14 * 86400))
        trends.observe(rows[0], int(catalogue.club[rows[0]]), at, weight=1.0, before=before)
    return RankingEngine(model, catalogue, trends)


def event(number: int, rng: np.random.Generator) -> Item:
    return Item(
        kind="event",
        id=ItemId(f"e{number}"),
        club_id=ClubId(f"c{number % CLUBS}"),
        created_at=START - timedelta(days=float(rng.uniform(0, 60))),
        starts_at=START + timedelta(hours=float(rng.uniform(1, 2000))),
        place=Place(HOME.lat + float(rng.normal()) / 10, HOME.lon + float(rng.normal()) / 10),
        title=f"Training {number}",
        club_name=f"Club {number % CLUBS}",
    )


def sequence(rng: np.random.Generator) -> SequenceModel:
    def some(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        return np.asarray(rng.normal(size=shape) / 10, np.float32)

    def block() -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
        squares = {f"w{name}": some(DIM, DIM) for name in "qkvo"} | {f"b{name}": some(DIM) for name in "qkvo"}
        norms = {f"norm{number}_{part}": some(DIM) for number in "12" for part in ("scale", "shift")}
        return (
            squares | norms | {"w1": some(DIM, 2 * DIM), "b1": some(2 * DIM), "w2": some(2 * DIM, DIM), "b2": some(DIM)}
        )

    return SequenceModel(some(50, DIM), (block(), block()), {"norm_scale": some(DIM), "norm_shift": some(DIM)}, 2)


def member(engine: RankingEngine, rng: np.random.Generator) -> Profile:
    """Thirty answers, five clubs, fifty events with clubmates."""
    rows = rng.integers(0, engine.catalogue.size, 30).tolist()
    actions = tuple(Action(row, 1.0, NOW - 86400.0 + step) for step, row in enumerate(rows))
    company = tuple((row, 2) for row in rng.integers(0, engine.catalogue.size, 50).tolist())
    return Profile(actions, frozenset(rng.integers(0, CLUBS, 5).tolist()), HOME, tuple(rows), company)


if __name__ == "__main__":
    main()
