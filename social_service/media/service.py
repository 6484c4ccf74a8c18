"""The rules of pictures: taken in whole or not at all, shown by those who own them."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from clubkit.blobs.port import Blobs
from clubkit.db.work import UnitOfWork, Works
from clubkit.identity import Caller
from clubkit.ids import MemberId, new_id
from clubkit.media import images
from clubkit.media.keeping import drop, keep_renditions
from social_service.media.errors import PictureNotFound
from social_service.media.models import MediaRow
from social_service.media.schemas import Picture, Size
from social_service.media.store import MediaStore

AVATAR_WIDTH = 320
FORGOTTEN = timedelta(hours=24)
BATCH = 200


async def take(works: Works, blobs: Blobs, caller: Caller, upload: Path, alt: str) -> Picture:
    """Turns an upload into a picture in several sizes. No transaction is open while the pixels are worked on.

    Raises NotAnImage, ImageTooLarge, BrokenImage, StorageFull; then nothing is left behind.
    """
    prepared = await asyncio.to_thread(lambda: images.prepare(upload.read_bytes()))
    kept = await keep_renditions(blobs, prepared.renditions, kind="picture")
    try:
        async with works.open() as work:
            row = MediaRow(
                id=new_id(work.now), owner_id=caller.member_id, width=prepared.width, height=prepared.height,
                colour=prepared.colour, tiny=prepared.tiny, alt=alt,
                sizes=[asdict(size) for size in kept], created_at=work.now,
            )  # fmt: skip
            MediaStore(work).add(row)
            return picture(work, row)
    except BaseException:
        await drop(blobs, (size.key for size in kept))
        raise


async def pictures(work: UnitOfWork, ids: Collection[str]) -> dict[str, Picture]:
    """One query; ids nobody knows are absent."""
    return {row.id: picture(work, row) for row in await MediaStore(work).rows(set(ids))}


async def owned(work: UnitOfWork, owner: MemberId, ids: Sequence[str], *, pointer: str = "/media_id") -> list[Picture]:
    """The asked pictures in order, when all are the member's own; they are to be shown now. Raises PictureNotFound."""
    store, wanted = MediaStore(work), set(ids)
    if wanted and await store.use(owner, wanted) != len(wanted):
        raise PictureNotFound(pointer)
    rows = {row.id: row for row in await store.rows(wanted)}
    return [picture(work, rows[each]) for each in ids]


async def avatar_url(work: UnitOfWork, owner: MemberId, media_id: str) -> str:
    """The address of a picture at the size of an avatar. Raises PictureNotFound."""
    shown = (await owned(work, owner, [media_id], pointer="/avatar_id"))[0]
    fitting = [size for size in shown.sizes if size.width >= AVATAR_WIDTH]
    return (fitting[0] if fitting else shown.sizes[-1]).url


async def sweep(works: Works, blobs: Blobs) -> int:
    """Removes pictures that were taken a day ago and are shown nowhere; answers how many files that were."""
    removed = 0
    while True:
        async with works.open(patient=True) as work:
            keys = await MediaStore(work).drop_unused(work.now - FORGOTTEN, BATCH)
        await drop(blobs, keys)
        removed += len(keys)
        if not keys:
            return removed


def picture(work: UnitOfWork, row: MediaRow) -> Picture:
    blobs = work.port(Blobs)
    sizes = tuple(Size(url=blobs.url(s["key"]), width=s["width"], height=s["height"]) for s in row.sizes)
    return Picture(
        id=row.id, width=row.width, height=row.height, colour=row.colour, tiny=row.tiny, alt=row.alt, sizes=sizes
    )
