"""The `SearchIndex` on Elasticsearch: any process writes, any reads; a server that is away is waited for."""

import asyncio
import contextlib
from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterable
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

import structlog
from elasticsearch import ApiError, AsyncElasticsearch, NotFoundError, TransportError

from clubkit.adapters import search_elastic_bulk as bulk
from clubkit.adapters import search_elastic_looking as looking
from clubkit.adapters.search_elastic_generations import Generations
from clubkit.adapters.search_elastic_layout import Change, key_and_version
from clubkit.batching import batched
from clubkit.clock import Clock
from clubkit.search.errors import SearchBroken
from clubkit.search.keeping import key_of
from clubkit.search.port import Document, Found, Suggestion, Viewer
from clubkit.search.question import MOST_HITS, Question, typed_words

log = structlog.get_logger("search")

COALESCE_SECONDS = 0.04
WATCH_SECONDS = 5.0
"""How often a server that is away, or an index that is not whole, is looked at again."""
_LONGEST_PAUSE = 5.0
_REBUILD_BATCH = 1_000
_MOST_WAITING = 5_000


class ElasticSearch:
    """Open it with `open_elastic`. All methods are safe to call at once from one event loop."""

    def __init__(self, client: AsyncElasticsearch, prefix: str, clock: Clock, name: str = "search") -> None:
        self._client = client
        self._generations = Generations(client, prefix, clock, name)
        self._clock = clock
        self._ready = False
        self._due: str | None = None
        self._waiting: dict[str, Change] = {}
        self._writing = asyncio.Lock()
        self._preparing = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None

    @property
    def needs_rebuild(self) -> str | None:
        """Not known, and so None, until the server answered once."""
        return self._due

    async def put(self, document: Document, *, wait: bool = False) -> None:
        await self._accept([document], wait=wait)

    async def put_many(self, documents: Iterable[Document]) -> None:
        await self._accept(documents, wait=True)

    async def delete(self, kind: str, document_id: str, version: int, *, wait: bool = False) -> None:
        await self._accept([(key_of(kind, document_id), version)], wait=wait)

    async def refresh(self) -> None:
        async with self._writing:
            await self._write_waiting()

    async def rebuild(self, documents: AsyncIterable[Document]) -> int:
        async with self._reaching():
            shadow = await self._generations.begin()
        try:
            count = await self._feed(shadow, documents)
            async with self._writing, self._reaching():
                await self._write_waiting()
                await bulk.patiently(lambda: self._generations.finish(shadow))
        except BaseException:
            with contextlib.suppress(ApiError, TransportError):
                await self._generations.drop(shadow)
            raise
        self._due = None
        return count

    async def find(
        self,
        text: str,
        viewer: Viewer,
        *,
        kinds: Collection[str] | None = None,
        clubs: Collection[str] | None = None,
        authors: Collection[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        newest: bool = False,
        limit: int = 20,
        after: str | None = None,
    ) -> Found:
        typed_words(text)
        question = Question(text, viewer, kinds, clubs, since, until, self._clock(), authors, newest)
        most = max(1, min(limit, MOST_HITS))
        async with self._reaching():
            return await looking.find(self._client, self._generations.alias, question, most, after)

    async def suggest(
        self, text: str, viewer: Viewer, *, kinds: Collection[str] | None = None, per_kind: int = 4
    ) -> dict[str, list[Suggestion]]:
        typed_words(text)
        async with self._reaching():
            return await looking.suggest(self._client, self._generations.alias, text, viewer, kinds, per_kind)

    async def digest(self) -> str:
        async with self._reaching():
            return await looking.digest(self._client, self._generations.alias)

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            await asyncio.wait({self._timer})
        if self._waiting:
            with contextlib.suppress(SearchBroken):
                await self.refresh()

    async def reach(self) -> None:
        """Looks at the server anew and makes what is missing there. Raises SearchBroken."""
        self._ready = False
        async with self._reaching():
            pass

    async def watch(self) -> None:
        """Looks after the server until cancelled: notices that it is back, and that another process rebuilt."""
        while True:
            if not self._ready or self._due:
                with contextlib.suppress(SearchBroken):
                    await self.reach()
            await asyncio.sleep(WATCH_SECONDS)

    async def _accept(self, changes: Iterable[Change], *, wait: bool) -> None:
        self._keep(changes)
        # Whoever adds to a queue that does not drain has to hear why.
        if wait or len(self._waiting) > _MOST_WAITING:
            await self.refresh()
        elif self._timer is None or self._timer.done():
            self._timer = asyncio.create_task(self._write_soon())

    def _keep(self, changes: Iterable[Change]) -> None:
        """Of each thing only the newest waits, so what a missing server leaves waiting stays within bounds."""
        for change in changes:
            key, version = key_and_version(change)
            known = self._waiting.get(key)
            if known is None or key_and_version(known)[1] < version:
                self._waiting[key] = change

    async def _write_soon(self) -> None:
        pause = COALESCE_SECONDS
        while self._waiting or pause == COALESCE_SECONDS:
            await asyncio.sleep(pause)
            # A failed write keeps its changes; whoever waits with `refresh` gets the error.
            with contextlib.suppress(SearchBroken):
                await self.refresh()
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _write_waiting(self) -> None:
        """Write all that waits wherever it belongs. The caller holds `_writing`."""
        changes, self._waiting = self._waiting, {}
        if not changes:
            return
        try:
            async with self._reaching():
                await self._write(list(changes.values()))
        except BaseException:
            newer, self._waiting = self._waiting, changes
            self._keep(newer.values())
            raise

    async def _write(self, changes: list[Change]) -> None:
        # Asked anew for each write: another process may have begun or finished a rebuild since. A change that was
        # accepted before a shadow came stands in the truth that the shadow is filled from, which is read later.
        targets = await self._generations.targets()
        if not targets:
            self._ready = False
            raise bulk.Refused("there is no index")
        for target in targets:
            try:
                await bulk.write(self._client, target, changes, refresh=True)
            except NotFoundError:
                if target in await self._generations.targets():
                    raise

    async def _feed(self, shadow: str, documents: AsyncIterable[Document]) -> int:
        """Reads the next documents while the last ones are being written."""
        count = 0
        sending: asyncio.Task[None] | None = None
        try:
            async for batch in batched(documents, _REBUILD_BATCH):
                count += len(batch)
                if sending:
                    await sending
                sending = asyncio.create_task(self._add(shadow, batch))
            if sending:
                await sending
        finally:
            if sending and not sending.done():
                sending.cancel()
                await asyncio.wait({sending})
        return count

    async def _add(self, shadow: str, batch: list[Document]) -> None:
        async with self._reaching():
            await bulk.write(self._client, self._generations.puts(shadow), batch, refresh=False)
            await bulk.patiently(lambda: self._generations.beat(shadow))

    @contextlib.asynccontextmanager
    async def _reaching(self) -> AsyncIterator[None]:
        """The block talks to the server; what can go wrong on the way becomes `SearchBroken`."""
        try:
            if not self._ready:
                await self._prepare()
            yield
        except NotFoundError as missing:
            self._ready = False
            self._due = "The index is missing."
            raise SearchBroken from missing
        except (ApiError, TransportError, bulk.Refused) as failure:
            if isinstance(failure, TransportError):
                self._ready = False
            log.warning("the search server failed", error=repr(failure))
            raise SearchBroken from failure

    async def _prepare(self) -> None:
        async with self._preparing:
            if not self._ready:
                self._due = await self._generations.prepare()
                self._ready = True


@contextlib.asynccontextmanager
async def open_elastic(url: str, clock: Clock, name: str = "search") -> AsyncIterator[ElasticSearch]:
    """The index of this name on the server at `url`, whose path is the prefix of the indexes' names.

    Opens also while the server is away: then searches raise SearchBroken, until it is back.
    """
    host, prefix = host_and_prefix(url)
    async with AsyncElasticsearch(host, request_timeout=20, max_retries=1, http_compress=False) as client:
        search = ElasticSearch(client, prefix, clock, name)
        with contextlib.suppress(SearchBroken):
            await search.reach()
        watching = asyncio.create_task(search.watch())
        try:
            yield search
        finally:
            watching.cancel()
            await asyncio.wait({watching})
            await search.close()


def host_and_prefix(url: str) -> tuple[str, str]:
    """The server with its port, which the client wants to be told, and the prefix: `hub` when none is given."""
    parts = urlsplit(url)
    port = "" if parts.port else ":443" if parts.scheme == "https" else ":9200"
    host = urlunsplit((parts.scheme, f"{parts.netloc}{port}", "", "", ""))
    return host, parts.path.strip("/").lower() or "hub"
