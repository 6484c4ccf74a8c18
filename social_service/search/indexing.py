"""Keeping the index in step with the facts: by the batch, durable before the log moves on, and no writer waits."""

from collections.abc import Collection, Iterable

from clubkit.db.work import UnitOfWork, Works
from clubkit.search.port import Document, SearchIndex
from social_service.events import service as events
from social_service.search.documents import of_series
from social_service.search.store import SeriesVersions

Gone = tuple[str, str, int]
"""(kind, id, version) of what is to be taken away."""


async def put(work: UnitOfWork, documents: Iterable[Document], gone: Iterable[Gone] = ()) -> None:
    """Returns when all of it can be found, or found no more."""
    index = work.port(SearchIndex)
    for kind, document_id, version in gone:
        await index.delete(kind, document_id, version)
    await index.put_many(documents)


async def put_series(work: UnitOfWork, series_ids: Collection[str]) -> None:
    """Reads these series again; one whose dates are all cancelled goes."""
    async with work.port(Works).open() as writing:
        versions = await SeriesVersions(writing).raise_all(series_ids)
        heads = await events.series_heads(writing, series_ids)
    documents = [of_series(head, versions[series_id]) for series_id, head in heads.items()]
    gone = [("event", series_id, versions[series_id]) for series_id in series_ids if series_id not in heads]
    await put(work, documents, gone)
