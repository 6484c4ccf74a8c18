"""Events of a room, made by hand."""

from datetime import UTC, datetime
from typing import Any

from chat_service.messages.event_schemas import AnyEvent
from chat_service.messages.folding import event_of
from chat_service.messages.models import Author, Entry
from clubkit.ids import MessageId, RoomId, new_id

AT = datetime(2026, 1, 1, tzinfo=UTC)
ANNA = Author("anna", "Anna Berg")


def entry(kind: Any, room: str, seq: int, **more: Any) -> Entry:
    base = {
        "id": MessageId(new_id()), "room_id": RoomId(room), "kind": kind, "author": ANNA, "client_id": new_id(),
        "at": AT, "seq": seq, "nth": seq, "epoch": 1,
    }  # fmt: skip
    return Entry(**(base | more))


def said(room: str, seq: int, id: MessageId, body: str, quotes: tuple[MessageId, str] | None = None) -> AnyEvent:  # noqa: A002  as the message has it
    quote = {"id": quotes[0], "seq": 1, "author_name": "Anna Berg", "preview": quotes[1]} if quotes else None
    return event_of(entry("message", room, seq, id=id, body=body, data={"reply_to": quote} if quote else {}))


def edited(room: str, seq: int, target: MessageId, body: str) -> AnyEvent:
    data = {"mentions": [], "edits": 1}
    return event_of(entry("edited", room, seq, body=body, target=target, target_seq=1, data=data))


def deleted(room: str, seq: int, target: MessageId) -> AnyEvent:
    data = {"moderated": False, "reason": ""}
    return event_of(entry("deleted", room, seq, target=target, target_seq=1, data=data))
