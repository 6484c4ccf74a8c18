"""A quick look at the embedded search: N documents in, then typing. `python bench/search_look.py 100000`"""

import asyncio
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clubkit.adapters.search_tantivy import open_search
from clubkit.search.port import Document, Viewer

KINDS = ("person", "club", "event", "post", "reel", "message")
NOW = datetime(2026, 11, 21, tzinfo=UTC)
SYLLABLES = [a + b for a in "bcdfghjklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "il")]


def a_vocabulary(rng: random.Random, size: int) -> list[str]:
    return ["".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3, 3, 4)))) for _ in range(size)]


def a_document(rng: random.Random, words: list[str], number: int) -> Document:
    def some(count: int) -> str:
        return " ".join(words[int(len(words) * rng.random() ** 3)] for _ in range(count))

    return Document(
        kind=rng.choice(KINDS),
        id=str(number),
        title=some(3),
        text=some(30),
        version=number,
        readers=frozenset({rng.choice(("public", f"club:{rng.randrange(500)}"))}),
        at=NOW - timedelta(hours=rng.randrange(10_000)),
        popularity=rng.paretovariate(1),
    )


def report(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    p50, p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    print(f"{name:28} p50 {p50 * 1000:6.2f} ms   p99 {p99 * 1000:6.2f} ms")


async def look(count: int) -> None:
    rng = random.Random(7)
    words = a_vocabulary(rng, 30_000)
    viewer = Viewer.member("mara", [str(n) for n in range(12)])

    async def stream():
        for number in range(count):
            yield a_document(rng, words, number)

    with tempfile.TemporaryDirectory() as folder:
        async with open_search(Path(folder), lambda: NOW) as index:
            start = time.perf_counter()
            await index.rebuild(stream())
            taken = time.perf_counter() - start
            print(f"{count} documents rebuilt in {taken:.1f} s, {count / taken:.0f}/s")
            await look_at_typing(index, viewer, rng, words)
            start = time.perf_counter()
            await index.put(a_document(rng, words, count), wait=True)
            print(f"one put, findable after {1000 * (time.perf_counter() - start):.1f} ms")


async def look_at_typing(index, viewer, rng, words) -> None:
    for length in (1, 2, 3, 5, 8):
        took = []
        for _ in range(300):
            text = words[int(len(words) * rng.random() ** 3)][:length]
            start = time.perf_counter()
            await index.suggest(text, viewer)
            took.append(time.perf_counter() - start)
        report(f"suggest {length} letters", took)
    for name, twist in (("find two words", False), ("find two words, one typo", True)):
        took = []
        for _ in range(300):
            one, two = (words[int(len(words) * rng.random() ** 3)] for _ in range(2))
            text = f"{one} {two[1] + two[0] + two[2:]}" if twist else f"{one} {two}"
            start = time.perf_counter()
            await index.find(text, viewer)
            took.append(time.perf_counter() - start)
        report(name, took)


if __name__ == "__main__":
    asyncio.run(look(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
