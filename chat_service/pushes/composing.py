"""What a device is told: the room, who wrote, and the beginning of it; nothing once it was read or taken back."""

from chat_service.messages import service as messages
from chat_service.messages.schemas import MessageOut
from chat_service.pushes.schemas import PushNotification, PushPayload
from chat_service.rooms.pointers import counts_in
from chat_service.rooms.schemas import TALKS
from chat_service.rooms.titling import RoomTitle, titles_of
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, MessageId, RoomId
from clubkit.settings import Settings

LONGEST_TITLE = 80
LONGEST_BODY = 140
"""Characters. With all that JSON and UTF-8 make of them it stays below the 3 kB that every push service takes."""


async def compose(
    work: UnitOfWork, member_id: MemberId, room_id: RoomId, message_id: MessageId, seq: int
) -> PushPayload | None:
    """None once there is nothing to tell: she has read it, it was deleted, she has left."""
    titles = await titles_of(work, member_id)
    title = titles.get(room_id)
    message = (await messages.messages_now(work, [message_id])).get(message_id)
    if title is None or message is None or message.deleted_at:
        return None
    counts = await counts_in(work, member_id, titles)
    if counts[room_id].read_seq >= seq:
        return None
    calls = {each: mine.unread if titles[each].kind in TALKS else mine.mentions for each, mine in counts.items()}
    notification = PushNotification(
        title=title.title[:LONGEST_TITLE], body=_body(title, message)[:LONGEST_BODY],
        navigate=f"{work.ports[Settings].base_url}/chat/{room_id}", tag=f"room:{room_id}",
    )  # fmt: skip
    return PushPayload(notification=notification, app_badge=sum(calls.values()))


def _body(title: RoomTitle, message: MessageOut) -> str:
    words = " ".join(message.body.split())
    if not words:
        words = ", ".join(file.name for file in message.attachments)
    return words if title.kind == "direct" else f"{message.author_name}: {words}"
