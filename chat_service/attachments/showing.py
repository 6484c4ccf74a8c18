"""The rules of showing: a file belongs to its room, and whoever is in it now may see it."""

from chat_service.attachments.errors import AttachmentNotFound, ClipNotReady
from chat_service.attachments.making import CLIP, FILE, POSTER
from chat_service.attachments.models import AttachmentRow
from chat_service.attachments.schemas import StoredFile
from chat_service.attachments.store import AttachmentStore
from chat_service.messages.schemas import AttachmentOut
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId

_SHOWN_INLINE = ("image/webp", "video/", "audio/")


async def find(work: UnitOfWork, member_id: MemberId, room_id: RoomId, attachment_id: str, variant: str) -> StoredFile:
    """The file, when the member is in its room, and it is in a message or her own.

    Raises RoomNotFound, AttachmentNotFound, ClipNotReady.
    """
    await rooms.standing(work, room_id, member_id)
    row = await AttachmentStore(work).row(attachment_id)
    if row is None or row.room_id != room_id or row.gone_at is not None:
        raise AttachmentNotFound
    if row.message_id is None and row.owner_id != member_id:
        raise AttachmentNotFound
    kept = row.files.get(variant)
    if kept is None:
        raise ClipNotReady if variant == CLIP and row.state == "preparing" else AttachmentNotFound
    inline = str(kept["type"]).startswith(_SHOWN_INLINE)
    return StoredFile(kept["key"], kept["type"], row.name, inline)


def shown(row: AttachmentRow) -> AttachmentOut:
    """As its message shows it, for good: the addresses stay, and are looked into when they are asked for."""
    base = f"/api/v1/rooms/{row.room_id}/attachments/{row.id}"
    widths = sorted((int(variant) for variant in row.files if variant.isdigit()), reverse=True)
    whole, small = FILE, None
    if row.kind == "image":
        whole, small = str(widths[0]), str(widths[-1]) if len(widths) > 1 else None
    elif row.kind == "video":
        whole, small = CLIP, POSTER
    return AttachmentOut(
        id=row.id, kind=row.kind, name=row.name, size=row.size, url=f"{base}/{whole}",
        width=row.width, height=row.height, poster_url=f"{base}/{small}" if small else None, alt=row.alt,
    )  # fmt: skip
