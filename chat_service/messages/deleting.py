"""The rules of deleting: by who wrote it, or by a moderator with a reason; who, when and why is kept.

The words of a deleted message are told to nobody any more but the room's moderators, until the room's retention takes
them: they stay in the record of what was moderated.
"""

from chat_service.attachments import claiming
from chat_service.messages import announcing, posting, service
from chat_service.messages.errors import MessageIsDeleted, MessageNotFound, ModeratorsOnly, NotYourMessage
from chat_service.messages.models import Entry
from chat_service.messages.schemas import DeleteMessage, DeletionOut, Receipt
from chat_service.messages.sending import author_of
from chat_service.messages.store import MessageStore
from chat_service.moderation import service as moderation
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, MessageId, RoomId

PAGE = 100


async def delete_message(work: UnitOfWork, deleter: Caller, wish: DeleteMessage) -> Receipt:
    """Raises RoomNotFound, MessageNotFound, MessageIsDeleted, NotYourMessage."""
    standing = await rooms.standing(work, wish.room, deleter.member_id)
    author = author_of(deleter)
    if earlier := await posting.done_before(work, wish.room, author, wish.client_id, "deleted"):
        return earlier
    message, _, _ = await service.standing_message(work, wish.room, wish.target)
    is_own = message.author.member_id == deleter.member_id
    if not is_own and not await moderation.may_delete(work, standing, deleter.member_id):
        raise NotYourMessage
    return await _delete(work, deleter, standing.club_id, message, wish.client_id, wish.reason.strip())


async def remove_reported(
    work: UnitOfWork, remover: Caller, room_id: RoomId, club_id: ClubId | None, message_id: MessageId, report_id: str,
    reason: str,
) -> None:  # fmt: skip
    """Deletes what was reported, if it still stands, for who may settle the report: that is not asked here.

    She need not be in the room. The report is the deletion's client id, so it is done once, however often it is tried.
    """
    try:
        message, _, _ = await service.standing_message(work, room_id, message_id)
    except (MessageNotFound, MessageIsDeleted):
        return
    await _delete(work, remover, club_id, message, report_id, reason)


async def _delete(
    work: UnitOfWork, deleter: Caller, club_id: ClubId | None, message: Entry, client_id: str, reason: str
) -> Receipt:
    moderated = message.author.member_id != deleter.member_id
    if moderated:
        moderation.deleted(work, deleter, message.room_id, club_id, message.id, message.author.member_id, reason)
    data = {"moderated": moderated, "reason": reason}
    entry = posting.new_entry(work, message.room_id, "deleted", author_of(deleter), client_id, about=message, data=data)
    stored = await posting.post(work, entry, announcing.deleted(message))
    if message.data.get("attachments"):
        await claiming.let_go(work, [message.id])
    return posting.receipt_of(stored)


async def deletions(work: UnitOfWork, asker: MemberId, room_id: RoomId, before: int | None) -> list[DeletionOut]:
    """The newest deletions before a seq, for moderators. Raises RoomNotFound, ModeratorsOnly."""
    if not await moderation.may_moderate(work, await rooms.standing(work, room_id, asker), asker):
        raise ModeratorsOnly
    store = work.port(MessageStore)
    found = await store.latest(room_id, "deleted", before or 2**53, PAGE)
    ids = [deletion.target for deletion in found if deletion.target]
    messages = {each.id: each for each in await store.messages(ids)}
    last_words: dict[MessageId, str] = {each.id: each.body for each in messages.values()}
    for edit in await store.changes(ids, kinds=["edited"]):
        if edit.target:
            last_words[edit.target] = edit.body
    return [
        _told(deletion, messages[deletion.target], last_words[deletion.target])
        for deletion in found
        if deletion.target in messages
    ]


def _told(deletion: Entry, message: Entry, body: str) -> DeletionOut:
    return DeletionOut(
        message=message.id, seq=message.seq, deleted_seq=deletion.seq, author_id=message.author.member_id,
        author_name=message.author.name, body=body, by=deletion.author.member_id, by_name=deletion.author.name,
        reason=deletion.data["reason"], moderated=deletion.data["moderated"], at=deletion.at,
    )  # fmt: skip
