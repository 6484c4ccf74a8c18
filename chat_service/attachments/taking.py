"""The rules of uploads: taken in whole or not at all, and never a transaction open while a file is worked on."""

from pathlib import Path

from chat_service.attachments import making
from chat_service.attachments.errors import RoomIsClosed, TooManyWaiting, UploadNotFound
from chat_service.attachments.making import Made
from chat_service.attachments.models import AttachmentRow
from chat_service.attachments.schemas import Wish
from chat_service.attachments.showing import shown
from chat_service.attachments.store import AttachmentStore
from chat_service.messages.schemas import AttachmentOut
from chat_service.rooms import service as rooms
from clubkit.blobs.port import Blobs
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, RoomId, new_id
from clubkit.media.keeping import drop

MOST_WAITING = 30
"""Uploads of one member that are in no message yet: nobody fills the disk by the way."""
PREPARE_CLIP = "chat.prepare_clip"


async def taken_before(works: Works, member_id: MemberId, room_id: RoomId, key: str | None) -> AttachmentOut | None:
    """The file that an upload under this key became already. Raises RoomNotFound, RoomIsClosed, TooManyWaiting."""
    async with works.reading() as work:
        store = AttachmentStore(work)
        if key and (row := await store.by_upload(member_id, key)):
            if row.room_id != room_id or row.gone_at:
                raise UploadNotFound
            await rooms.standing(work, room_id, member_id)
            return shown(row)
        await _may_upload(work, member_id, room_id)
        if await store.waiting(member_id) >= MOST_WAITING:
            raise TooManyWaiting(MOST_WAITING)
    return None


async def take(
    works: Works, blobs: Blobs, member_id: MemberId, room_id: RoomId, upload: Path, wish: Wish
) -> AttachmentOut:
    """Keeps an uploaded file for a message of this room.

    upload: its path in scratch. A picture is made anew in several sizes, a clip is put in a container of our own or
    prepared by a job, anything else is kept as it is. Raises NotAnImage, ImageTooLarge, BrokenImage, Truncated,
    StorageFull, and what `taken_before` raises; then nothing is left behind.
    """
    made = await making.make(blobs, upload, wish.name)
    try:
        async with works.open() as work:
            # Once more: she may have left the room while the file was looked at.
            await _may_upload(work, member_id, room_id)
            row = _row(new_id(work.now), room_id, member_id, wish, made)
            row.created_at = work.now
            AttachmentStore(work).add(row)
            await work.session.flush()
            if made.source:
                work.schedule(PREPARE_CLIP, attachment_id=row.id, source=made.source)
            return shown(row)
    except BaseException:
        await discard(blobs, made)
        raise


async def discard(blobs: Blobs, made: Made) -> None:
    await drop(blobs, (file["key"] for file in made.files.values()))
    if made.source:
        (blobs.scratch() / made.source).unlink(missing_ok=True)


async def _may_upload(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> None:
    standing = await rooms.standing(work, room_id, member_id)
    if standing.archived:
        raise RoomIsClosed


def _row(attachment_id: str, room_id: RoomId, owner: MemberId, wish: Wish, made: Made) -> AttachmentRow:
    return AttachmentRow(
        id=attachment_id, room_id=room_id, owner_id=owner, upload_key=wish.key, message_id=None, kind=made.kind,
        name=made.name, size=made.size, width=made.width, height=made.height, alt=wish.alt, files=made.files,
        state="preparing" if made.source else "ready", source=made.source, gone_at=None,
    )  # fmt: skip
