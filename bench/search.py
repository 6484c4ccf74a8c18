"""Search while typing, over a million documents: milliseconds at the API, and of them the index's own, on both indexes.

    python -m bench.search [--documents 1000000] [--indexes tantivy elasticsearch]

The index is filled by the rebuild that the product uses. Then a hub in a process of its own serves it on the demo
world, and members ask it one after the other: every prefix of what somebody types, then full searches. Half of the
documents are public, half belong to one of 500 clubs. The hub looks up names, clubs and dates of what it found in its
database, where the million are not: hits of events and clubs are dropped there, after the index has paid for them.
Beside it the same questions to the index itself, from this process: by the wall's clock and, for a machine that has
other things to do, by the processor's.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.common import RESULTS, commit, keep, machine, percentiles, running_hub
from bench.freshness import PASSWORD
from bench.search_world import CLUBS, KINDS, NOW, World
from clubkit.adapters.search_elastic import open_elastic
from clubkit.adapters.search_tantivy import open_search
from clubkit.search.port import SearchIndex, Viewer
from gateway.demo.people import PEOPLE
from tools.servers.borrowing import Servers
from tools.servers.elasticsearch import ask

PER_MEMBER = 100
"""Requests of one member: the hub allows 120 a minute."""
ENOUGH = 600
VIEWER = Viewer.member("m1", [f"c{n}" for n in range(0, CLUBS, 40)])


def main() -> None:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--documents", type=int, default=1_000_000)
    made.add_argument("--indexes", nargs="+", default=["tantivy", "elasticsearch"])
    asked = made.parse_args()
    figures = measured_before()
    for name in asked.indexes:
        with tempfile.TemporaryDirectory(prefix="search-") as folder:
            figures[name] = asyncio.run(measure(name, Path(folder), asked.documents))
        keep("search", "suggestions while typing come within 20 ms at p99 over a million documents", figures)


def measured_before() -> dict[str, Any]:
    """What the last runs said of each index: one may be measured without the other."""
    path = RESULTS / "search.json"
    earlier = json.loads(path.read_text()) if path.exists() else {}
    return {name: earlier[name] for name in ("tantivy", "elasticsearch") if name in earlier}


async def measure(name: str, data: Path, documents: int) -> dict[str, Any]:
    async with a_place(name, data) as (settings, opened):
        figures: dict[str, Any] = {"commit": commit(), "load": machine()["load"], "documents": documents}
        figures |= await fill(opened, documents)
        if name == "elasticsearch":
            figures["server"] = ask(settings["HUB_SEARCH_URL"], "/")["version"]["number"]
        figures |= await ask_index(opened)
        figures |= await ask_hub(data, settings)
    return figures


@asynccontextmanager
async def a_place(name: str, data: Path) -> AsyncIterator[tuple[dict[str, str], Any]]:
    """The hub's settings for this index, and how to open the index ourselves."""
    if name == "tantivy":

        def opened(**how: Any) -> AbstractAsyncContextManager[SearchIndex]:
            return open_search(data / "search", lambda: NOW, **how)

        yield {}, opened
        return
    servers = Servers()
    url = await asyncio.to_thread(servers.elasticsearch)
    try:
        yield {"HUB_SEARCH_URL": url}, lambda **_: open_elastic(url, lambda: NOW)
    finally:
        await asyncio.to_thread(servers.close)


async def fill(opened: Any, documents: int) -> dict[str, Any]:
    async with opened() as index:
        started = time.perf_counter()
        await index.rebuild(World().documents(documents))
        seconds = time.perf_counter() - started
    return {"rebuild_seconds": round(seconds, 1), "documents_per_second": round(documents / seconds)}


async def ask_index(opened: Any) -> dict[str, Any]:
    typed, questions = what_is_asked()
    async with opened(writable=False) as index:
        for text in typed[:50]:
            await index.suggest(text, VIEWER)
        suggested, cpu = await timed_with_cpu([index.suggest(text, VIEWER, kinds=KINDS) for text in typed])
        found, find_cpu = await timed_with_cpu([index.find(text, VIEWER, kinds=KINDS) for text in questions])
    return {
        "index_suggest_ms": percentiles(suggested), "index_suggest_cpu_ms": percentiles(cpu),
        "index_find_ms": percentiles(found), "index_find_cpu_ms": percentiles(find_cpu),
    }  # fmt: skip


async def ask_hub(data: Path, settings: dict[str, str]) -> dict[str, Any]:
    typed, questions = what_is_asked()
    async with running_hub(data, demo=True, **settings) as (url, _process, _seconds):
        members = [await member(url, person.email) for person in PEOPLE[: len(typed) // PER_MEMBER + 5]]
        try:
            await ask_all(members, "search/suggest", typed[:50])
            suggested = await ask_all(members, "search/suggest", typed)
            found = await ask_all(members[::-1], "search", questions)
        finally:
            for http in members:
                await http.aclose()
    return {"http_suggest_ms": percentiles(suggested), "http_find_ms": percentiles(found)}


async def ask_all(members: Sequence[httpx.AsyncClient], path: str, texts: Sequence[str]) -> list[float]:
    times = []
    for number, text in enumerate(texts):
        http = members[number % len(members)]
        times.append(await timed(asked(http, path, text)))
    return times


async def asked(http: httpx.AsyncClient, path: str, text: str) -> None:
    (await http.get(path, params={"q": text})).raise_for_status()


def what_is_asked() -> tuple[list[str], list[str]]:
    world = World(seed=11)
    world.words = World().words
    return list(world.typing(150))[:ENOUGH], list(world.questions(ENOUGH // 2))


async def member(url: str, email: str) -> httpx.AsyncClient:
    http = httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30)
    body = {"email": email, "password": PASSWORD}
    token = (await http.post("auth/sign-in", json=body)).raise_for_status().json()["access_token"]
    http.headers["Authorization"] = f"Bearer {token}"
    return http


async def timed_with_cpu(doings: Sequence[Any]) -> tuple[list[float], list[float]]:
    """Milliseconds of each, and those that this process computed in; of a server elsewhere the rest is its own."""
    took, computed = [], []
    for doing in doings:
        before = time.process_time()
        took.append(await timed(doing))
        computed.append((time.process_time() - before) * 1000)
    return took, computed


async def timed(doing: Any) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    await doing
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
