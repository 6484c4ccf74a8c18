"""The rules of clips that no browser plays as they are: made playable by a job, while their message stands already."""

import asyncio
from pathlib import Path

from chat_service.attachments.making import CLIP, KIND
from chat_service.attachments.models import AttachmentRow
from chat_service.attachments.schemas import AttachmentReady
from chat_service.attachments.store import AttachmentStore
from clubkit.blobs.port import Blobs
from clubkit.db.work import UnitOfWork, Works
from clubkit.errors import Unsupported
from clubkit.ids import RoomId, new_id
from clubkit.media import clips
from clubkit.realtime.wire import Wire, room_channel


async def prepare(works: Works, blobs: Blobs, attachment_id: str, source: Path) -> None:
    """Bears repetition: whoever is late finds nothing left to do."""
    out = blobs.scratch() / f"{new_id()}.mp4"
    try:
        made = await asyncio.to_thread(_transcoded, source, out)
        key = await blobs.put(out, kind=KIND, suffix=".mp4") if made else None
    finally:
        await asyncio.to_thread(out.unlink, missing_ok=True)
    if not await _settled(works, attachment_id, key) and key:
        await blobs.delete(key)
    await asyncio.to_thread(source.unlink, missing_ok=True)


def _transcoded(source: Path, out: Path) -> bool:
    """False for what is damaged, gone, or cannot be decoded here: no later try goes better."""
    try:
        clips.transcode(source, out)
    except (Unsupported, FileNotFoundError):
        return False
    return True


async def _settled(works: Works, attachment_id: str, key: str | None) -> bool:
    """False when it was taken back meanwhile, or another worker was faster."""
    async with works.open() as work:
        row = await AttachmentStore(work).row(attachment_id)
        if row is None or row.state != "preparing":
            return False
        row.state, row.source = "ready" if key else "failed", None
        if key:
            row.files = {**row.files, CLIP: {"key": key, "type": "video/mp4"}}
        _tell(work, row, playable=key is not None)
        return True


def _tell(work: UnitOfWork, row: AttachmentRow, *, playable: bool) -> None:
    wire, room_id = work.port(Wire), RoomId(row.room_id)
    ready = AttachmentReady(room=room_id, id=row.id, playable=playable)
    work.after_commit(lambda: wire.emit("attachment.ready", ready, to=room_channel(room_id)))
