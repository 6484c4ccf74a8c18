"""What the rules need from wherever messages are kept."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from chat_service.messages.models import Draft, Message
from chat_service.rooms.schemas import LastMessage
from clubkit.contracts.base import Fact
from clubkit.ids import MemberId, RoomId

Announce = Callable[[Message], Fact]
"""The fact to publish with the message, once its seq is known."""


class MessageStore(Protocol):
    """Messages by room, each with the next dense seq, unique by (room, author, client id) for ever."""

    async def append(self, draft: Draft, announce: Announce) -> Message:
        """Stores the draft and its fact as one, with the room's next seq.

        When the same send was stored a moment ago, by a request beside this one, answers that message and stores
        nothing.
        """
        ...

    async def sent_before(self, room_id: RoomId, author_id: MemberId, client_id: str) -> Message | None:
        """The message this author already sent under this client id."""
        ...

    async def after(self, room_id: RoomId, seq: int, limit: int) -> Sequence[Message]:
        """Up to `limit` messages behind `seq`, oldest first."""
        ...

    async def before(self, room_id: RoomId, seq: int, limit: int) -> Sequence[Message]:
        """Up to `limit` messages before `seq`, oldest first."""
        ...

    async def heads(self, room_ids: Collection[RoomId]) -> dict[RoomId, int]:
        """The newest seq of each room; 0 for a room nobody wrote in."""
        ...

    async def last_words(self, room_ids: Collection[RoomId]) -> dict[RoomId, LastMessage]:
        """The last message of each room that has one, shortened."""
        ...
