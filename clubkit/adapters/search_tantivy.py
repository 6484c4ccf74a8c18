"""The embedded `SearchIndex`: tantivy in a folder, written by one process, read by any."""

import asyncio
import contextlib
from collections.abc import AsyncIterable, AsyncIterator, Collection, Coroutine, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from clubkit.adapters import search_tantivy_looking as looking
from clubkit.adapters.search_tantivy_folder import IndexFolder
from clubkit.adapters.search_tantivy_generation import Change, Generation
from clubkit.batching import batched
from clubkit.clock import Clock
from clubkit.search.errors import RebuildRunning, SearchBroken, SearchOwnedElsewhere
from clubkit.search.keeping import key_of
from clubkit.search.port import Document, Found, Suggestion, Viewer
from clubkit.search.question import MOST_HITS, Question

COALESCE_SECONDS = 0.05
_REBUILD_BATCH = 1_000
_COMMIT_EVERY = 50_000
_MOST_WAITING = 5_000


class TantivySearch:
    """Open it with `open_search`. All methods are safe to call at once from one event loop."""

    def __init__(self, folder: IndexFolder, live: Generation | None, clock: Clock, *, writable: bool) -> None:
        self._folder = folder
        self._live = live
        self._clock = clock
        self._writable = writable
        self._seen = folder.current() if live else None
        self._shadow: Generation | None = None
        self._waiting: list[Change] = []
        self._writing = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None

    @property
    def needs_rebuild(self) -> str | None:
        return self._folder.rebuild_due()

    async def put(self, document: Document, *, wait: bool = False) -> None:
        await self._accept([document], wait=wait)

    async def put_many(self, documents: Iterable[Document]) -> None:
        await self._accept(documents, wait=True)

    async def delete(self, kind: str, document_id: str, version: int, *, wait: bool = False) -> None:
        await self._accept([(key_of(kind, document_id), version)], wait=wait)

    async def refresh(self) -> None:
        await _to_its_end(self._refresh())

    async def rebuild(self, documents: AsyncIterable[Document]) -> int:
        self._owned()
        if self._shadow is not None:
            raise RebuildRunning
        async with self._writing:
            # From here on what waits goes to both; versions settle who came first.
            self._shadow = shadow = await asyncio.to_thread(self._folder.fresh)
        try:
            count = await self._feed(shadow, documents)
            await _to_its_end(self._finish(shadow))
        finally:
            if self._live is not shadow:
                await asyncio.to_thread(shadow.close)
                await asyncio.to_thread(self._folder.sweep, self._owned())
            self._shadow = None
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
        question = Question(text, viewer, kinds, clubs, since, until, self._clock(), authors, newest)
        most = max(1, min(limit, MOST_HITS))
        async with self._noticing_damage():
            return await asyncio.to_thread(lambda: looking.find(self._readable(), question, most, after))

    async def suggest(
        self, text: str, viewer: Viewer, *, kinds: Collection[str] | None = None, per_kind: int = 4
    ) -> dict[str, list[Suggestion]]:
        async with self._noticing_damage():
            return await asyncio.to_thread(lambda: looking.suggest(self._readable(), text, viewer, kinds, per_kind))

    async def digest(self) -> str:
        async with self._noticing_damage():
            return await asyncio.to_thread(lambda: looking.digest(self._readable()))

    async def close(self) -> None:
        if self._timer is not None:
            await asyncio.wait({self._timer})
        if self._writable:
            await self.refresh()
        if self._live is not None:
            await asyncio.to_thread(self._live.close)

    async def _accept(self, changes: Iterable[Change], *, wait: bool) -> None:
        self._owned()
        self._waiting.extend(changes)
        # Whoever adds to a queue that does not drain has to hear why.
        if wait or len(self._waiting) > _MOST_WAITING:
            await self.refresh()
        elif self._timer is None or self._timer.done():
            self._timer = asyncio.create_task(self._write_soon())

    async def _write_soon(self) -> None:
        await asyncio.sleep(COALESCE_SECONDS)
        # A failed write keeps its changes; whoever waits with `refresh` gets the error.
        with contextlib.suppress(SearchBroken):
            await self.refresh()

    async def _refresh(self) -> None:
        async with self._writing:
            await self._write_waiting()

    async def _finish(self, shadow: Generation) -> None:
        async with self._writing:
            await self._write_waiting()
            await asyncio.to_thread(shadow.commit)
            await asyncio.to_thread(self._swap, shadow)

    async def _write_waiting(self) -> None:
        """Write all that waits into the live index and the shadow. The caller holds `_writing`."""
        changes, self._waiting = self._waiting, []
        if not changes:
            return
        try:
            async with self._noticing_damage():
                await asyncio.to_thread(_write, self._owned(), self._shadow, changes)
        except BaseException:
            self._waiting[:0] = changes
            raise

    async def _feed(self, shadow: Generation, documents: AsyncIterable[Document]) -> int:
        count = uncommitted = 0
        async for batch in batched(documents, _REBUILD_BATCH):
            count += len(batch)
            uncommitted += len(batch)
            due = uncommitted >= _COMMIT_EVERY
            await _to_its_end(self._add(shadow, batch, commit=due))
            uncommitted = 0 if due else uncommitted
        return count

    async def _add(self, shadow: Generation, batch: list[Document], *, commit: bool) -> None:
        async with self._writing:
            await asyncio.to_thread(shadow.apply, batch)
            if commit:
                await asyncio.to_thread(shadow.commit)

    def _swap(self, shadow: Generation) -> None:
        self._folder.make_current(shadow)
        self._folder.note_rebuild(None)
        old, self._live = self._owned(), shadow
        old.close()
        self._folder.sweep(shadow)

    def _owned(self) -> Generation:
        """The generation this process writes. Raises SearchOwnedElsewhere in one that only reads."""
        if self._live is None or not self._writable:
            raise SearchOwnedElsewhere(str(self._folder.root))
        return self._live

    def _readable(self) -> Generation:
        """The generation to read; a process that does not write looks for what the writer did."""
        if self._live is not None and self._writable:
            return self._live
        current = self._folder.current()
        if self._live is None or current != self._seen:
            self._live = self._folder.open_current(writable=False)
            self._seen = current
        else:
            self._live.reload()
        return self._live

    @contextlib.asynccontextmanager
    async def _noticing_damage(self) -> AsyncIterator[None]:
        try:
            yield
        except SearchBroken:
            if self._writable:
                with contextlib.suppress(OSError):
                    await asyncio.to_thread(self._folder.note_rebuild, "The index files are damaged.")
            raise


@contextlib.asynccontextmanager
async def open_search(folder: Path, clock: Clock, *, writable: bool = True) -> AsyncIterator[TantivySearch]:
    """The index in `folder`, created when absent. One process opens it writable, others with False.

    Raises SearchOwnedElsewhere when the writer is taken. A reader may come first: until there is an
    index, its searches raise SearchBroken.
    """
    home = IndexFolder(folder)
    live = await asyncio.to_thread(lambda: home.open_current(writable=True)) if writable else None
    search = TantivySearch(home, live, clock, writable=writable)
    try:
        yield search
    finally:
        await search.close()


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Await `work`; a cancelled caller leaves only when it is done, as its thread cannot be stopped."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


def _write(live: Generation, shadow: Generation | None, changes: list[Change]) -> None:
    try:
        live.apply(changes)
        live.commit()
    except SearchBroken:
        live.roll_back()
        if shadow is None:
            raise
        # A rebuild is under way to replace what is broken: it must not fail for the same reason.
    if shadow is not None:
        shadow.apply(changes)
