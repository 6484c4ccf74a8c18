"""Like → changed ranking visible at the API, in the embedded hub: milliseconds over many trials.

    python -m bench.freshness [--trials 1000] [--apart]

One trial: a member likes a reel by PUT, then asks for her ranking until the liked reel is no longer offered. The hub
runs in a process of its own, on the seeded demo world; every write is synchronous to disk, as in production. Beside it
the floor: the same two requests without waiting for anything.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import httpx

from bench.common import keep, percentiles, running_hub
from bench.freshness_apart import measure_apart

PASSWORD = "clubhouse-demo"
PATIENCE = 10.0


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--trials", type=int, default=1000)
    made.add_argument("--apart", action="store_true", help="every service a process of its own, on real servers")
    asked = made.parse_args()
    with tempfile.TemporaryDirectory(prefix="freshness-") as folder:
        if asked.apart:
            figures = asyncio.run(measure_apart(Path(folder), asked.trials))
            keep("freshness_apart", "apart, a like reaches ranking and app within 300 ms at p99", figures)
            return
        figures = asyncio.run(measure(Path(folder), asked.trials))
    keep("freshness", "a like changes the ranking at the API within 200 ms at p99", figures)


async def measure(data: Path, trials: int) -> dict[str, object]:
    async with running_hub(data, demo=True) as (url, _process, _seconds):  # noqa: SIM117  the client needs its URL
        async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as http:
            body = {"email": "mara@demo.club", "password": PASSWORD}
            token = (await http.post("auth/sign-in", json=body)).raise_for_status().json()["access_token"]
            http.headers["Authorization"] = f"Bearer {token}"
            reel = (await offered(http))[0]
            times, floors = [], []
            for _ in range(trials):
                await set_like(http, reel, liked=False)
                await until(http, reel, offered_again=True)
                started = time.perf_counter()
                await set_like(http, reel, liked=True)
                written = time.perf_counter()
                await until(http, reel, offered_again=False)
                times.append((time.perf_counter() - started) * 1000)
                floors.append((written - started) * 1000)
    like_to_ranking, write_alone = percentiles(times), percentiles(floors)
    return {
        "like_to_ranking_ms": like_to_ranking, "floor_the_write_alone_ms": write_alone,
        "ratio_p50": round(like_to_ranking["p50"] / write_alone["p50"], 2),
    }  # fmt: skip


async def offered(http: httpx.AsyncClient) -> list[str]:
    answer = await http.get("recommendations", params={"kind": "reel", "limit": 100})
    return [item["id"] for item in answer.raise_for_status().json()["data"]]


async def set_like(http: httpx.AsyncClient, reel: str, *, liked: bool) -> None:
    path = f"reels/{reel}/like"
    answer = await (http.put(path, json={"surface": "reels"}) if liked else http.delete(path))
    answer.raise_for_status()


async def until(http: httpx.AsyncClient, reel: str, *, offered_again: bool) -> None:
    end = time.perf_counter() + PATIENCE
    while (reel in await offered(http)) is not offered_again:
        if time.perf_counter() > end:
            raise RuntimeError("the ranking did not change")


if __name__ == "__main__":
    main()
