"""One tantivy index in one folder: apply changes, commit, look. Synchronous, for one caller at a time."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query

from clubkit.adapters import search_tantivy_schema as layout
from clubkit.search.errors import SearchBroken, SearchOwnedElsewhere
from clubkit.search.keeping import key_of
from clubkit.search.port import Document

# One writing thread and a small heap: the index shares a process with everything else.
_WRITER_HEAP = 24_000_000

Change = Document | tuple[str, int]
"""A document to put, or (key, version) to delete."""


@contextlib.contextmanager
def told_apart() -> Iterator[None]:
    """Turn what tantivy throws at unreadable files into `SearchBroken`."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise SearchBroken from error
    except BaseException as error:
        # A Rust panic arrives as a BaseException of its own; it must not take the process down.
        if type(error).__name__ != "PanicException":
            raise
        raise SearchBroken from error


class Generation:
    def __init__(self, folder: Path, *, writable: bool) -> None:
        """Open or create. Raises SearchBroken (torn files), SearchOwnedElsewhere (writer taken)."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.schema = layout.schema()
        with told_apart():
            self._index = tantivy.Index(self.schema, path=str(folder))
            self._index.config_reader("manual")
            self._index.searcher()
        self._writer = self._claim_writer() if writable else None
        self._uncommitted: dict[str, int] = {}

    def apply(self, changes: Iterable[Change]) -> None:
        """Write what is newer than what is known; not durable before `commit`."""
        writer = self._claimed()
        with told_apart():
            searcher = self._index.searcher()
            for change in changes:
                key, version, row = _row(change)
                if version <= self._known(searcher, key):
                    continue
                writer.delete_documents_by_term("key", key)
                writer.add_document(row)
                self._uncommitted[key] = version

    def commit(self) -> None:
        writer = self._claimed()
        with told_apart():
            writer.commit()
            self._uncommitted.clear()
            self._index.reload()

    def roll_back(self) -> None:
        """Forget what was applied since the last commit."""
        if self._writer is not None:
            self._uncommitted.clear()
            with contextlib.suppress(SearchBroken), told_apart():
                self._writer.rollback()

    def reload(self) -> None:
        with told_apart():
            self._index.reload()

    def searcher(self) -> Any:
        return self._index.searcher()

    def living(self) -> Iterator[tuple[str, int]]:
        """Every (key, version) that can be found."""
        with told_apart():
            searcher = self._index.searcher()
            everything = Query.term_query(self.schema, "state", "living")
            for _, address in searcher.search(everything, max(1, searcher.num_docs), count=False).hits:
                source = layout.stored(searcher.doc(address))
                yield key_of(source["kind"], source["id"]), source["version"]

    def close(self) -> None:
        if self._writer is not None:
            with contextlib.suppress(SearchBroken), told_apart():
                self._writer.wait_merging_threads()
            self._writer = None

    def _known(self, searcher: Any, key: str) -> int:
        if key in self._uncommitted:
            return self._uncommitted[key]
        found = searcher.search(Query.term_query(self.schema, "key", key), 1, count=False).hits
        if not found:
            return -1
        return int(searcher.fast_field_values("version", [found[0][1]])[0])

    def _claimed(self) -> Any:
        if self._writer is None:
            raise SearchOwnedElsewhere(str(self.folder.parent))
        return self._writer

    def _claim_writer(self) -> Any:
        try:
            with told_apart():
                return self._index.writer(heap_size=_WRITER_HEAP, num_threads=1)
        except SearchBroken as error:
            if "LockBusy" in str(error.__cause__):
                raise SearchOwnedElsewhere(str(self.folder.parent)) from error
            raise


def _row(change: Change) -> tuple[str, int, Any]:
    if isinstance(change, Document):
        return key_of(change.kind, change.id), change.version, layout.living(change)
    key, version = change
    return key, version, layout.tombstone(key, version)
