"""What the index holds of a message: the same for news and for a rebuild."""

from chat_service.messages.schemas import MessageOut
from chat_service.searching.index import KIND
from clubkit.ids import RoomId
from clubkit.search.port import Document

LAST_VERSION = 2**53
"""Above every version: what was deleted never comes back."""


def room_token(room_id: RoomId) -> str:
    return f"room:{room_id}"


def of_message(message: MessageOut) -> Document:
    """Only who is in its room may find it; its version counts what it said so far."""
    return Document(
        kind=KIND, id=message.id, title="", text=text_of(message), version=1 + message.edits,
        readers=frozenset({room_token(message.room)}), at=message.at, author_id=message.author_id,
    )  # fmt: skip


def text_of(message: MessageOut) -> str:
    """All of it that can be found, in one line of thought: its words, its files, what it asks."""
    parts = [message.body, *(part for file in message.attachments for part in (file.name, file.alt))]
    if message.card:
        options = message.card.data.get("options", ())
        parts += [message.card.title, *(str(option) for option in options if isinstance(option, str))]
    return " · ".join(part for part in parts if part)
