"""The rules of a file's way into a message and out of it again. Other domains of chat come in here."""

from collections.abc import Collection, Mapping, Sequence

from chat_service.attachments.errors import AttachedAlready, AttachmentNotFound, UploadNotFound
from chat_service.attachments.showing import shown
from chat_service.attachments.store import AttachmentStore
from chat_service.messages.schemas import AttachmentOut
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, MessageId, RoomId


async def choose(
    work: UnitOfWork, room_id: RoomId, owner: MemberId, ids: Sequence[str], alts: Mapping[str, str] | None = None
) -> tuple[AttachmentOut, ...]:
    """Her uploads for this room that are in no message, in the order given; nobody else takes them meanwhile.

    alts: what some of them show, in place of what was said when they were sent up. Raises UploadNotFound.
    """
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        return ()
    rows = await AttachmentStore(work).held(wanted)
    for each in wanted:
        row = rows.get(each)
        if row is None or row.owner_id != owner or row.room_id != room_id or row.message_id:
            raise UploadNotFound
    for each, alt in (alts or {}).items():
        rows[each].alt = alt
    return tuple(shown(rows[each]) for each in wanted)


async def put_in(work: UnitOfWork, message_id: MessageId, ids: Collection[str]) -> None:
    """They are in this message now, for the room to see; nothing happens to those that are in another one.

    Bears repetition: where messages are kept elsewhere, one may stand whose files' claim was lost with its transaction.
    """
    if ids:
        await AttachmentStore(work).attach(ids, message_id)


async def let_go(work: UnitOfWork, message_ids: Collection[MessageId]) -> None:
    """Nobody is shown these messages' files from this commit on; their bytes go with the next sweep."""
    if message_ids:
        await AttachmentStore(work).let_go(message_ids)


async def messages_with_files(work: UnitOfWork, room_id: RoomId) -> list[MessageId]:
    return await AttachmentStore(work).message_ids(room_id)


async def withdraw(work: UnitOfWork, owner: MemberId, room_id: RoomId, attachment_id: str) -> None:
    """Takes back an upload that is in no message. Raises AttachmentNotFound, AttachedAlready."""
    row = await AttachmentStore(work).row(attachment_id)
    if row is None or row.owner_id != owner or row.room_id != room_id or row.gone_at:
        raise AttachmentNotFound
    if row.message_id:
        raise AttachedAlready
    row.gone_at = work.now


async def of_room(work: UnitOfWork, room_id: RoomId) -> list[tuple[MessageId, AttachmentOut]]:
    """The files in the room's messages, oldest first: for an export."""
    rows = await AttachmentStore(work).of_room(room_id)
    return [(MessageId(row.message_id), shown(row)) for row in rows if row.message_id]
