"""Facts published by chat_service."""

from clubkit.contracts.base import Fact
from clubkit.ids import ClubId, MemberId, MessageId, RoomId


class MessageSent(Fact, topic="chat.messages", key="room_id"):
    """A message was stored. `notify` lists who to tell besides the push: the other side of a direct talk, mentions."""

    room_id: RoomId
    room_title: str
    club_id: ClubId | None
    message_id: MessageId
    seq: int
    author_id: MemberId
    author_name: str
    preview: str
    notify: tuple[MemberId, ...] = ()
