"""What the rules need from wherever messages are kept."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chat_service.messages.models import Entry, Floor, Kind, NewEntry, RoomAnswers
from chat_service.rooms.head_schemas import RoomHead
from clubkit.contracts.base import Fact
from clubkit.ids import MemberId, MessageId, RoomId

Announce = Callable[[Entry], Fact | None]
"""The fact to publish with the entry, once its place is known."""


Written = tuple[RoomId, str, str]
"""(room, author, client id): what a write is known by for ever."""


@dataclass(frozen=True, slots=True)
class Placing:
    """An entry to be stored with its fact. cause: the trace that the fact belongs to, if not the current one."""

    entry: NewEntry
    announce: Announce
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Places behind `after`, up to `upto`."""

    after: int
    upto: int


class MessageStore(Protocol):
    """What happened in each room: every entry with the next dense seq, unique by (room, author, client id) for ever.

    Entries do not change. What a message has become is folded from it and its changes (`folding`).
    """

    async def append(self, entry: NewEntry, announce: Announce, *, floor: Floor | None = None) -> Entry:
        """Stores the entry and its fact as one, with the room's next seq.

        When the same write was stored a moment ago, by a request beside this one, answers that entry and stores
        nothing. floor: from this entry on the room's history begins there (if not later already), in a new epoch.
        """
        ...

    async def written_before(self, room_id: RoomId, author_id: str, client_id: str) -> Entry | None:
        """The entry this author already wrote under this client id."""
        ...

    async def append_all(self, placings: Sequence[Placing]) -> Sequence[Entry]:
        """As `append` of each in turn, for less. None of them was written before, and no two are the same write.

        Where one is written beside this after all, answers that one, or fails for all of them.
        """
        ...

    async def written_before_all(self, keys: Collection[Written]) -> dict[Written, Entry]:
        """Of these writes, those that were done, with their entries."""
        ...

    async def heads(self, room_ids: Collection[RoomId]) -> dict[RoomId, RoomHead]:
        """How far each room goes; that of an empty one for a room in which nothing happened."""
        ...

    async def entries(self, spans: Mapping[RoomId, Span]) -> Sequence[Entry]:
        """All within the spans, by room and in order; none that is truncated."""
        ...

    async def messages(self, ids: Collection[MessageId]) -> Sequence[Entry]:
        """The messages with these ids that are there, in no order."""
        ...

    async def older(
        self, room_id: RoomId, before: int, limit: int, *, thread: MessageId | None = None
    ) -> Sequence[Entry]:
        """Up to `limit` messages before a seq, oldest first: the nearest ones. thread: of that one only."""
        ...

    async def newer(
        self, room_id: RoomId, span: Span, limit: int, *, thread: MessageId | None = None
    ) -> Sequence[Entry]:
        """Up to `limit` messages within the span, oldest first. thread: of that one only."""
        ...

    async def changes(
        self, targets: Collection[MessageId], *, upto: int | None = None, kinds: Collection[Kind] = ()
    ) -> Sequence[Entry]:
        """What happened to these messages (of one room, if `upto` is given), in order."""
        ...

    async def answers(self, roots: Collection[MessageId], upto: int) -> dict[MessageId, RoomAnswers]:
        """Of those messages of a room that have a thread."""
        ...

    async def latest(self, room_id: RoomId, kind: Kind, before: int, limit: int) -> Sequence[Entry]:
        """The newest entries of a kind before a seq, newest first."""
        ...

    async def last_messages(self, room_ids: Collection[RoomId]) -> dict[RoomId, Entry]:
        """The newest message of each room that has one."""
        ...

    async def not_to_read(self, member_id: MemberId, spans: Mapping[RoomId, Span]) -> dict[RoomId, int]:
        """How many messages within each span are her own or deleted."""
        ...

    async def calls(self, keys: Collection[str], spans: Mapping[RoomId, Span]) -> dict[MessageId, set[str]]:
        """Messages within the spans that name some of the keys, or once did, with those keys."""
        ...

    async def nths(self, places: Collection[tuple[RoomId, int]]) -> dict[tuple[RoomId, int], int]:
        """How many messages a room had at a seq, of those of the seqs that it has."""
        ...

    async def times(self, room_id: RoomId, seqs: Collection[int]) -> dict[int, datetime]:
        """When each of these entries happened."""
        ...

    async def truncate(self, room_id: RoomId) -> None:
        """Of everything before the room's floor, leaves the receipts only."""
        ...
