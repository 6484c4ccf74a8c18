"""The rules of clearing up: uploads that went into no message, files of deleted messages, and what crashes left."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from chat_service.attachments.making import KIND
from chat_service.attachments.store import AttachmentStore
from clubkit.batching import batched
from clubkit.blobs.port import Blobs
from clubkit.db.work import Works
from clubkit.errors import NotFound
from clubkit.media.keeping import drop

FORGOTTEN = timedelta(hours=24)
"""An upload that is in no message for so long was given up."""
BATCH = 200


async def sweep(works: Works, blobs: Blobs) -> int:
    """Answers how many uploads went. Rows go first: a crash then leaves a file that nothing names, and no dead link."""
    removed = 0
    while True:
        async with works.open(patient=True) as work:
            store = AttachmentStore(work)
            rows = await store.forgotten(work.now - FORGOTTEN, BATCH)
            keys = [file["key"] for row in rows for file in row.files.values()]
            sources = [row.source for row in rows if row.source]
            await store.drop([row.id for row in rows])
        await drop(blobs, keys)
        for source in sources:
            (blobs.scratch() / source).unlink(missing_ok=True)
        removed += len(rows)
        if len(rows) < BATCH:
            return removed


async def drop_orphans(works: Works, blobs: Blobs) -> int:
    """Removes files that no row names, a day after they were written: of an upload whose process died."""
    removed, before = 0, works.clock() - FORGOTTEN
    async with works.reading() as work:
        known = await AttachmentStore(work).named()
    async for keys in batched(_ours(blobs), BATCH):
        orphans = [key for key in keys if key not in known and await _old(blobs, key, before)]
        await drop(blobs, orphans)
        removed += len(orphans)
    return removed


async def _ours(blobs: Blobs) -> AsyncIterator[str]:
    async for key in blobs.keys():
        if key.startswith(f"{KIND}-"):
            yield key


async def _old(blobs: Blobs, key: str, before: datetime) -> bool:
    try:
        path = await blobs.path(key)
        return (await asyncio.to_thread(path.stat)).st_mtime < before.timestamp()
    except (NotFound, FileNotFoundError):
        return False
