"""How an entry looks as a document, and which questions have an index."""

from typing import Any

from chat_service.messages.models import PREVIEW, Author, Entry, Floor, NewEntry
from chat_service.rooms.head_schemas import RoomHead
from clubkit.documents.port import Document, Index
from clubkit.ids import MessageId, RoomId

COLLECTION = "messages"

INDEXES = (
    Index("place", [("room_id", 1), ("seq", -1)], unique=True),
    Index("sent_once", [("room_id", 1), ("author_id", 1), ("client_id", 1)], unique=True),
    Index("author", [("author_id", 1)]),
    Index("pending", [("room_id", 1), ("seq", 1)], only={"pending": {"$exists": True}}),
    Index("kind", [("kind", 1), ("room_id", 1), ("seq", -1)]),
    Index("target", [("target", 1), ("seq", 1)], only={"target": {"$exists": True}}),
    Index("thread", [("thread", 1), ("seq", 1)], only={"thread": {"$exists": True}}),
    Index("mentioned", [("room_id", 1), ("mentioned", 1), ("seq", 1)], only={"mentioned": {"$exists": True}}),
)


def place(newest: Document | None) -> RoomHead:
    """How far a room goes, by its newest entry: each carries all that must be known of the room."""
    if newest is None:
        return RoomHead()
    return RoomHead(
        seq=newest["seq"], nth=newest.get("nth", newest["seq"]), epoch=newest.get("epoch", 1),
        floor_seq=newest.get("floor_seq", 1), floor_nth=newest.get("floor_nth", 0),
    )  # fmt: skip


def placed(entry: NewEntry, head: RoomHead, floor: Floor | None) -> tuple[Entry, RoomHead]:
    """The entry behind `head`, and the head it is then."""
    rises = floor is not None and floor.seq > head.floor_seq  # never comes down, whichever of two truncations is first
    floor_seq, floor_nth = (floor.seq, floor.nth) if floor and rises else (head.floor_seq, head.floor_nth)
    after = RoomHead(
        seq=head.seq + 1, nth=head.nth + int(entry.kind == "message"), epoch=head.epoch + int(floor is not None),
        floor_seq=floor_seq, floor_nth=floor_nth,
    )  # fmt: skip
    # Kept to the millisecond, so a repeated send is answered the very same time.
    at = entry.at.replace(microsecond=entry.at.microsecond // 1000 * 1000)
    stored = Entry(
        id=entry.id, room_id=entry.room_id, kind=entry.kind, author=entry.author, client_id=entry.client_id, at=at,
        body=entry.body, target=entry.target, target_seq=entry.target_seq, thread=entry.thread,
        mentioned=entry.mentioned, data=entry.data, seq=after.seq, nth=after.nth, epoch=after.epoch,
    )  # fmt: skip
    return stored, after


def document(entry: Entry, head: RoomHead, fact: dict[str, Any] | None) -> Document:
    """What is empty is left out, and so out of the indexes."""
    kept: Document = {
        "_id": entry.id, "room_id": entry.room_id, "seq": entry.seq, "nth": entry.nth, "epoch": entry.epoch,
        "floor_seq": head.floor_seq, "floor_nth": head.floor_nth, "kind": entry.kind, "author_id": entry.author.id,
        "author_name": entry.author.name, "source": entry.author.source, "client_id": entry.client_id,
        "body": entry.body, "at": entry.at, "data": entry.data,
    }  # fmt: skip
    sometimes = {
        "target": entry.target, "target_seq": entry.target_seq, "thread": entry.thread,
        "mentioned": list(entry.mentioned), "pending": fact,
    }  # fmt: skip
    return kept | {name: value for name, value in sometimes.items() if value}


def entry_of(kept: Document) -> Entry:
    target, thread = kept.get("target"), kept.get("thread")
    return Entry(
        id=MessageId(kept["_id"]), room_id=RoomId(kept["room_id"]), kind=kept["kind"],
        author=Author(kept["author_id"], kept["author_name"], kept["source"]),
        client_id=kept["client_id"], at=kept["at"], body=kept["body"], target=MessageId(target) if target else None,
        target_seq=kept.get("target_seq"), thread=MessageId(thread) if thread else None,
        mentioned=tuple(kept.get("mentioned", ())), data=kept["data"], seq=kept["seq"],
        nth=kept["nth"], epoch=kept["epoch"],
    )  # fmt: skip


def quote_of(kept: Document) -> Document:
    """What a message's data say of the message that it answers."""
    preview = kept["body"][:PREVIEW]
    quote = {"id": kept["_id"], "seq": kept["seq"], "author_name": kept["author_name"], "preview": preview}
    return {"reply_to": quote}
