"""The rules of editing: the author alone, any number of devices, every version kept."""

from chat_service.messages import announcing, mentions, posting, service
from chat_service.messages.errors import EmptyMessage, NotYourMessage, TooManyEdits
from chat_service.messages.folding import fold
from chat_service.messages.schemas import Edition, Editions, EditMessage, Receipt
from chat_service.messages.sending import author_of
from chat_service.messages.store import MessageStore
from chat_service.moderation import gate
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId, MessageId, RoomId

MOST_EDITS = 100


async def edit_message(work: UnitOfWork, editor: Caller, edit: EditMessage) -> Receipt:
    """Raises RoomNotFound, MessageNotFound, MessageIsDeleted, NotYourMessage, EmptyMessage, TooManyEdits.

    And what the room's gate refuses.
    """
    standing = await rooms.standing(work, edit.room, editor.member_id)
    author, body = author_of(editor), edit.body.strip()
    if earlier := await posting.done_before(work, edit.room, author, edit.client_id, "edited", body):
        return earlier
    gate.may_change(work, standing, body)
    message, before, _ = await service.standing_message(work, edit.room, edit.target)
    if message.author.member_id != editor.member_id:
        raise NotYourMessage
    if not body and not before.attachments:
        raise EmptyMessage
    if before.edits >= MOST_EDITS:
        raise TooManyEdits(MOST_EDITS)
    found = await mentions.found(work, edit.room, standing.club_id, body)
    called = mentions.as_edited(found, fold(message).mentions)
    newly = [each for each in called if each not in before.mentions]
    notify = await mentions.newly_called(work, edit.room, author.id, newly)
    data = {"mentions": [each.model_dump() for each in called], "edits": before.edits + 1}
    entry = posting.new_entry(
        work, edit.room, "edited", author, edit.client_id, body=body, about=message,
        mentioned=mentions.keys_of(called), data=data,
    )  # fmt: skip
    return posting.receipt_of(await posting.post(work, entry, announcing.edited(standing, notify)))


async def editions(work: UnitOfWork, member_id: MemberId, room_id: RoomId, message_id: MessageId) -> Editions:
    """What the message said, from the first version to the one of now.

    Raises RoomNotFound, MessageNotFound, MessageIsDeleted.
    """
    await rooms.standing(work, room_id, member_id)
    message, _, _ = await service.standing_message(work, room_id, message_id)
    changes = await work.port(MessageStore).changes([message_id], kinds=["edited"])
    versions = [message, *changes]
    return Editions(editions=tuple(Edition(body=each.body, at=each.at) for each in versions))
