"""Pictures and clips among the hub's files: all of them or none."""

import asyncio
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clubkit.blobs.port import Blobs
from clubkit.errors import StorageFull
from clubkit.ids import new_id
from clubkit.media.images import Rendition


@dataclass(frozen=True)
class KeptSize:
    """One size of a picture; `key` names its file in `Blobs`."""

    key: str
    width: int
    height: int


async def keep_renditions(blobs: Blobs, renditions: Sequence[Rendition], *, kind: str) -> list[KeptSize]:
    """All sizes, or none and the failure. Raises StorageFull."""
    sizes: list[KeptSize] = []
    try:
        for rendition in renditions:
            key = await keep_bytes(blobs, rendition.data, kind=kind, suffix=".webp")
            sizes.append(KeptSize(key, rendition.width, rendition.height))
    except BaseException:
        await drop(blobs, (size.key for size in sizes))
        raise
    return sizes


async def keep_bytes(blobs: Blobs, data: bytes, *, kind: str, suffix: str) -> str:
    """Answers the file's key. Raises StorageFull; then nothing is left behind."""
    draft = blobs.scratch() / f"{new_id()}{suffix}.part"
    try:
        await asyncio.to_thread(draft.write_bytes, data)
        return await blobs.put(draft, kind=kind, suffix=suffix)
    except OSError as failure:
        if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull("There is no room left for files on this hub. Nothing was stored.") from failure
        raise
    finally:
        await asyncio.to_thread(draft.unlink, missing_ok=True)


async def drop(blobs: Blobs, keys: Iterable[str]) -> None:
    for key in keys:
        await blobs.delete(key)
