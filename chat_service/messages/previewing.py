"""The rule of link previews: they come behind the message, as one more thing that happened to it."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from chat_service.messages import service
from chat_service.messages.errors import MessageIsDeleted, MessageNotFound
from chat_service.messages.models import THE_HUB
from chat_service.messages.schemas import PreviewOut
from clubkit.db.work import UnitOfWork
from clubkit.ids import MessageId, RoomId


async def show_previews(
    work: UnitOfWork, room_id: RoomId, message_id: MessageId, previews: Sequence[PreviewOut], *, edits: int
) -> bool:
    """False when the message is gone, or was edited since its links were looked at; then another look is under way."""
    try:
        entry, now, _ = await service.standing_message(work, room_id, message_id)
    except (MessageNotFound, MessageIsDeleted):
        return False
    if now.edits != edits:
        return False
    again = str(uuid5(UUID(message_id), f"previews of edition {edits}"))
    data = {"previews": [each.model_dump() for each in previews]}
    await service.change(work, entry, "previewed", THE_HUB, again, data)
    return True
