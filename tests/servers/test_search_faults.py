"""Search on a real Elasticsearch that is killed: it says so, comes back by itself, and has lost nothing."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from clubkit.adapters.search_elastic import ElasticSearch, open_elastic
from clubkit.search.errors import RebuildRunning, SearchBroken
from clubkit.search.port import Document
from clubkit.testing.clock import MovableClock
from tests.contracts.search_documents import ANYBODY, NOW, a_person, a_thing, stream, titles
from tests.waiting import until
from tools.servers.borrowing import Servers
from tools.servers.elasticsearch import Elasticsearch, ask
from tools.servers.places import run_folder

pytestmark = [pytest.mark.servers, pytest.mark.alone, pytest.mark.timeout(300)]


@pytest.fixture
def url(servers: Servers) -> str:
    return servers.elasticsearch()


@pytest.fixture
async def index(url: str) -> AsyncIterator[ElasticSearch]:
    async with open_elastic(url, lambda: NOW) as opened:
        yield opened


@pytest.fixture
def own_server() -> Iterator[Elasticsearch]:
    """A server that this test may kill."""
    server = Elasticsearch(run_folder() / "elasticsearch-faults")
    server.reset()
    server.start()
    yield server
    server.stop()


# Processes beside each other


async def test_what_another_process_puts_during_a_rebuild_is_in_the_new_index(index, url):
    await index.rebuild(stream([a_person("Anna"), a_person("Berta")]))
    async with open_elastic(url, lambda: NOW) as other:

        async def truth() -> AsyncIterator[Document]:
            yield a_person("Anna")
            await other.put(a_person("Carla"), wait=True)
            await other.delete("person", "berta", 2, wait=True)
            yield a_person("Berta")

        await index.rebuild(truth())
        assert titles(await other.find("carla", ANYBODY)) == ["Carla"]
        assert titles(await other.find("berta", ANYBODY)) == []


async def test_two_processes_do_not_rebuild_at_once(index, url):
    async with open_elastic(url, lambda: NOW) as other:

        async def nested() -> AsyncIterator[Document]:
            yield a_person("Anna")
            with pytest.raises(RebuildRunning):
                await other.rebuild(stream([]))

        assert await index.rebuild(nested()) == 1
        assert await other.rebuild(stream([a_person("Berta")])) == 1


async def test_what_a_rebuild_that_died_left_is_taken_away_by_the_next(url):
    clock = MovableClock()
    async with open_elastic(url, clock) as index:
        await index.put(a_person("Anna"), wait=True)
        await index._generations.begin()
        with pytest.raises(RebuildRunning):
            await index.rebuild(stream([]))
        clock.advance(timedelta(minutes=3))
        assert await index.rebuild(stream([a_person("Berta")])) == 1
        assert titles(await index.find("berta", ANYBODY)) == ["Berta"]
        assert len(await index._generations.targets()) == 1


async def test_an_index_that_was_removed_is_made_anew_and_asks_for_a_rebuild(index, url):
    await index.rebuild(stream([a_person("Anna")]))
    Elasticsearch().forget(url)
    with pytest.raises(SearchBroken):
        await index.find("anna", ANYBODY)
    await index.put(a_person("Berta"), wait=True)
    assert index.needs_rebuild == "The index is new."
    assert titles(await index.find("berta", ANYBODY)) == ["Berta"]


async def test_a_put_into_a_removed_index_is_not_lost(index, url):
    await index.rebuild(stream([]))
    Elasticsearch().forget(url)
    with pytest.raises(SearchBroken):
        await index.put(a_person("Anna"), wait=True)
    await index.put(a_person("Berta"), wait=True)
    assert titles(await index.find("anna", ANYBODY)) == ["Anna"]
    assert titles(await index.find("berta", ANYBODY)) == ["Berta"]


async def test_a_late_write_does_not_bring_a_removed_index_back(index, url):
    old = (await index._generations.targets())[0]
    await index.rebuild(stream([a_person("Anna")]))
    targets = index._generations.targets

    async def stale_then_true() -> list[str]:
        index._generations.targets = targets
        return [old, *await targets()]

    index._generations.targets = stale_then_true
    await index.put(a_person("Berta"), wait=True)
    assert titles(await index.find("berta", ANYBODY)) == ["Berta"]
    prefix = url.rpartition("/")[2]
    assert len(ask(url, f"/_cat/indices/{prefix}-*?format=json")) == 1


# A server that is away, or killed


async def test_a_hub_may_open_before_the_server_and_finds_it_by_itself(own_server, monkeypatch):
    monkeypatch.setattr("clubkit.adapters.search_elastic.WATCH_SECONDS", 0.2)
    address = own_server.fresh(own_server.url(own_server.running().port))
    await asyncio.to_thread(own_server.stop)
    async with open_elastic(address, lambda: NOW) as index:
        assert index.needs_rebuild is None
        with pytest.raises(SearchBroken):
            await index.suggest("anna", ANYBODY)
        await index.put(a_person("Anna"))
        await asyncio.to_thread(own_server.start)
        await until(lambda: index.needs_rebuild == "The index is new.", patience=200)

        async def anna_is_found() -> bool:
            return titles(await index.find("anna", ANYBODY)) == ["Anna"]

        await until(anna_is_found, patience=200)


async def test_an_index_whose_server_was_killed_equals_a_rebuild(own_server):
    rng = random.Random(5)
    address = own_server.fresh(own_server.url(own_server.running().port))
    truth: dict[str, tuple[int, Document | None]] = {}

    async def follow(index: ElasticSearch, batches: int, done: list[int]) -> None:
        """As a handler of the log does: a batch that was not taken comes again."""
        for _ in range(batches):
            batch = [_change(rng, truth) for _ in range(40)]
            while True:
                try:
                    for key, version, document in batch:
                        if document is None:
                            await index.delete("post", key, version)
                    await index.put_many(document for *_, document in batch if document)
                except SearchBroken:
                    await asyncio.sleep(0.2)
                else:
                    break
            done.append(len(batch))

    async with open_elastic(address, lambda: NOW) as index:
        done: list[int] = []
        following = asyncio.create_task(follow(index, 60, done))
        await until(lambda: len(done) >= 15, patience=200)
        await asyncio.to_thread(own_server.kill)
        assert len(done) < 60
        await asyncio.to_thread(own_server.start)
        await following
        by_increments = await index.digest()
        living = [document for _, document in truth.values() if document]
        await index.rebuild(stream(living))
        assert await index.digest() == by_increments
        assert len(living) > 100


def _change(rng: random.Random, truth: dict[str, tuple[int, Document | None]]) -> tuple[str, int, Document | None]:
    key = f"p{rng.randrange(400)}"
    version = truth.get(key, (0, None))[0] + 1
    document = a_thing("post", f"Post {key} {version}", id=key, version=version) if rng.random() < 0.8 else None
    truth[key] = (version, document)
    return key, version, document
