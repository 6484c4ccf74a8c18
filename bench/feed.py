"""The For-you page at 50 and 200 requests/s from 1,000 members, on the imported two cities: p50 and p99.

    python -m bench.feed --data DIR      (DIR from `python -m bench.import_meetup --data DIR`)

Open loop: requests leave on schedule whether or not earlier ones were answered, and a request's time runs from the
moment it should have left, so a stalled server is not forgiven. One serving process. Tokens are signed with the hub's
own key, since imported members have no passwords. Beside it the floor: `GET /healthz` at the same rate.
"""

import argparse
import asyncio
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from auth_service.tokens.service import SigningKeys
from bench.common import at_rest, cpu_seconds, keep, memory_mb, percentiles, running_hub
from clubkit.identity import Caller
from clubkit.ids import MemberId, new_id
from clubkit.settings import Settings
from gateway.at_hand import at_hand

MEMBERS = 1000
RATES = {50: 30.0, 200: 5.0}
"""Requests per second, and for how many seconds at the most: a crowd that cannot be served is not kept waiting."""


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", type=Path, required=True)
    made.add_argument("--seconds", type=float, default=30.0)
    asked = made.parse_args()
    figures = asyncio.run(measure(asked.data, asked.seconds))
    keep("feed", "the For-you page within 50 ms at p99 at 50 requests/s, one process", figures)


async def measure(data: Path, seconds: float) -> dict[str, object]:
    tokens = await signed(data)
    figures: dict[str, object] = {}
    async with running_hub(data, demo=False, HUB_JOBS_ELSEWHERE="recommender.train") as (url, process, boot):
        await at_rest(process)
        limits = httpx.Limits(max_connections=256, max_keepalive_connections=256)
        async with httpx.AsyncClient(base_url=url, timeout=30, limits=limits) as http:

            async def page() -> None:
                headers = {"Authorization": f"Bearer {random.choice(tokens)}"}
                answer = await http.get("/api/v1/feed", params={"tab": "for-you"}, headers=headers)
                if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                    counts["refused"] += 1  # the hub says it has too much to do; its time counts all the same
                    return
                answer.raise_for_status()
                counts["degraded"] += bool(answer.json()["degraded"])

            async def floor() -> None:
                (await http.get("/healthz")).raise_for_status()

            for rate, most in RATES.items():
                counts = Counter(degraded=0, refused=0)
                await paced(page, rate, 5.0)
                counts.update({name: -count for name, count in counts.items()})
                before = cpu_seconds(process)
                pages = await paced(page, rate, min(seconds, most))
                cpu = cpu_seconds(process) - before
                still = await paced(floor, rate, 5.0)
                figures[f"{rate}_per_s_cpu_ms_per_page"] = round(1000 * cpu / len(pages), 2)
                figures[f"{rate}_per_s_ms"] = percentiles(pages) | dict(counts)
                figures[f"{rate}_per_s_floor_ms"] = percentiles(still)
        figures |= {"boot_seconds": round(boot, 1), "memory_mb": memory_mb(process), "members": len(tokens)}
    return figures


async def paced(ask: Callable[[], Awaitable[None]], rate: int, seconds: float) -> list[float]:
    """Milliseconds from when each request should have left until its answer."""
    times: list[float] = []
    start = time.perf_counter()

    async def one(due: float) -> None:
        await asyncio.sleep(max(0.0, start + due - time.perf_counter()))
        await ask()
        times.append((time.perf_counter() - start - due) * 1000)

    await asyncio.gather(*(one(number / rate) for number in range(int(rate * seconds))))
    return times


async def signed(data: Path) -> list[str]:
    """Access tokens of a thousand imported members who answered something."""
    with sqlite3.connect(data / "hub.sqlite3") as connection:
        query = (
            "SELECT member_id, handle, name FROM social_people WHERE member_id IN (SELECT member_id FROM rec_windows)"
        )
        people = connection.execute(query).fetchall()
    chosen = random.Random(1).sample(people, min(MEMBERS, len(people)))
    settings = Settings.load(data_dir=data)
    now = datetime.now(UTC)
    async with at_hand(settings) as ports:
        signer = await ports[SigningKeys].signer()
        return [
            signer.sign(Caller(MemberId(m), handle, name, new_id(), now + timedelta(hours=1)), now=now)
            for m, handle, name in chosen
        ]


if __name__ == "__main__":
    main()
