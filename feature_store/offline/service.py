"""The rules of the offline store: every interaction once, with its event time, readable for training."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from clubkit.contracts.offline import INTERACTIONS
from clubkit.db.work import Works
from clubkit.settings import Settings
from feature_store.offline import parquet, store

BATCH = 20_000


def folder_of(settings: Settings) -> Path:
    return settings.data_dir / INTERACTIONS


async def flush(works: Works, folder: Path) -> int:
    """Moves what is staged into files; answers how many rows. Safe to stop anywhere and to run again."""
    moved = 0
    while True:
        async with works.reading() as work:
            rows = await store.staged(work, BATCH)
        if not rows:
            return moved
        await asyncio.to_thread(parquet.write_files, folder, rows)
        async with works.open() as work:
            await store.clear(work, rows)
        moved += len(rows)


async def history(works: Works, folder: Path, *, until: datetime | None = None) -> pa.Table:
    """Every interaction so far (before `until`), oldest first; what is still staged is flushed first."""
    await flush(works, folder)
    table: Any = await asyncio.to_thread(parquet.read_files, folder, until)
    return table
