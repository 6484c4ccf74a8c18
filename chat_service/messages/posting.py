"""One place in a room's sequence: taken, stored for good, then told. Everything that happens in a room comes through
here; who may do it, and whether it was done before, is asked by the rules that call."""

from collections.abc import Mapping, Sequence
from typing import Any

from chat_service.messages.errors import ClientIdTaken
from chat_service.messages.folding import event_of
from chat_service.messages.models import Author, Entry, Floor, Kind, NewEntry
from chat_service.messages.ring import Ring
from chat_service.messages.schemas import Receipt
from chat_service.messages.store import Announce, MessageStore, Placing
from clubkit.db.work import UnitOfWork
from clubkit.ids import MessageId, RoomId, new_id
from clubkit.realtime.wire import Wire, room_channel

_TELLING = ("emoji", "on", "options")
"""Of an entry's data, what the writer said herself."""


def new_entry(
    work: UnitOfWork, room_id: RoomId, kind: Kind, author: Author, client_id: str, *, body: str = "",
    about: Entry | None = None, thread: MessageId | None = None, mentioned: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
) -> NewEntry:  # fmt: skip
    """about: the message that is changed."""
    return NewEntry(
        id=MessageId(new_id(work.now)), room_id=room_id, kind=kind, author=author, client_id=client_id, at=work.now,
        body=body, target=about.id if about else None, target_seq=about.seq if about else None, thread=thread,
        mentioned=tuple(mentioned), data=dict(data or {}),
    )  # fmt: skip


async def post(work: UnitOfWork, entry: NewEntry, announce: Announce, *, floor: Floor | None = None) -> Entry:
    """Stores the entry with its fact; the room hears of it once that stands.

    Where a request beside this one stored the same write first, answers that one and tells nothing.
    Raises ClientIdTaken when that one said something else.
    """
    stored = await work.port(MessageStore).append(entry, announce, floor=floor)
    if stored.id == entry.id:
        _tell(work, stored)
    elif not is_same(stored, entry):
        raise ClientIdTaken
    return stored


async def post_all(work: UnitOfWork, placings: Sequence[Placing]) -> Sequence[Entry]:
    """As `post` of each in turn, for less; see `MessageStore.append_all`. Raises ClientIdTaken."""
    stored = await work.port(MessageStore).append_all(placings)
    for each, placing in zip(stored, placings, strict=True):
        if each.id == placing.entry.id:
            _tell(work, each)
        elif not is_same(each, placing.entry):
            raise ClientIdTaken
    return stored


async def done_before(
    work: UnitOfWork, room_id: RoomId, author: Author, client_id: str, kind: Kind, said: str = "", **data: Any
) -> Receipt | None:
    """The receipt of the same write, if it was done: a second or a year ago. Raises ClientIdTaken."""
    earlier = await work.port(MessageStore).written_before(room_id, author.id, client_id)
    return answer_again(earlier, kind, said, data) if earlier else None


def answer_again(earlier: Entry, kind: Kind, said: str, data: Mapping[str, Any]) -> Receipt:
    """What a write is answered that was done before. Raises ClientIdTaken when it said something else."""
    if not _says(earlier, kind, said, data):
        raise ClientIdTaken
    return receipt_of(earlier)


def is_same(stored: Entry, entry: NewEntry) -> bool:
    """Whether a stored entry is the one that is to be written: of one that is truncated, nothing else is known."""
    return _says(stored, entry.kind, _said(entry), entry.data)


def receipt_of(entry: Entry) -> Receipt:
    return Receipt(id=entry.id, room=entry.room_id, seq=entry.seq, at=entry.at)


def silently(_: Entry) -> None:
    """No fact goes out about it."""


def _says(stored: Entry, kind: Kind, said: str, data: Mapping[str, Any]) -> bool:
    if stored.kind == "truncated":
        return True
    told = {name: data[name] for name in _TELLING if name in data}
    return stored.kind == kind and _said(stored) == said and told == {
        name: stored.data[name] for name in _TELLING if name in stored.data
    }  # fmt: skip


def _said(entry: NewEntry) -> str:
    """What the writer typed: for a command, not what became of it."""
    return str(entry.data.get("said", entry.body))


def _tell(work: UnitOfWork, stored: Entry) -> None:
    """Only a hint: whoever misses it sees the gap in the seq and asks."""
    event, ring, wire = event_of(stored), work.port(Ring), work.port(Wire)

    async def tell() -> None:
        ring.put(event)
        await wire.emit("room.event", event, to=room_channel(stored.room_id))

    work.after_commit(tell)
