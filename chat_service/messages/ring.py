"""What happened last in each room, kept in memory: most who come back after a moment are served from here."""

from collections import OrderedDict

from chat_service.messages.event_schemas import AnyEvent, RoomDeleted
from chat_service.messages.folding import redacted
from clubkit.ids import RoomId

PER_ROOM = 256
IN_ALL = 16_384
"""Events over all rooms; the rooms nobody asked for or wrote in for longest go first."""


class Ring:
    """One per process. It may have holes (another process wrote, a hint came late); what it answers has none."""

    def __init__(self, per_room: int = PER_ROOM, in_all: int = IN_ALL) -> None:
        self._rooms: OrderedDict[RoomId, dict[int, AnyEvent]] = OrderedDict()
        self._per_room = per_room
        self._in_all = in_all
        self._size = 0

    def put(self, event: AnyEvent) -> None:
        events = self._rooms.setdefault(event.room, {})
        self._rooms.move_to_end(event.room)
        if isinstance(event, RoomDeleted):
            events.update({seq: redacted(each, event) for seq, each in events.items()})
        for deletion in [each for each in events.values() if isinstance(each, RoomDeleted)]:
            event = redacted(event, deletion)  # it was read from the store before it was deleted, and comes behind that
        if event.seq not in events:
            self._size += 1
        events[event.seq] = event
        self._drop(events)

    def between(self, room_id: RoomId, after: int, upto: int) -> list[AnyEvent] | None:
        """All that happened behind `after` up to `upto`; None when one of them is not here."""
        events = self._rooms.get(room_id)
        if events is None or upto - after > len(events):
            return None
        found = [events[seq] for seq in range(after + 1, upto + 1) if seq in events]
        if len(found) < upto - after:
            return None
        self._rooms.move_to_end(room_id)
        return found

    def _drop(self, events: dict[int, AnyEvent]) -> None:
        if len(events) > self._per_room:
            del events[min(events)]
            self._size -= 1
        while self._size > self._in_all:
            _, oldest = self._rooms.popitem(last=False)
            self._size -= len(oldest)

    def __len__(self) -> int:
        return self._size
