"""The `EventLog` port: ordered per key, at least once, read by consumer groups, replayable."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol

from clubkit.contracts.base import Fact
from clubkit.db.work import UnitOfWork

READ_ONCE = 4096
"""Characters up to which a payload is read once for all groups of a process: a fact is frozen, and they all want it."""
READ_LATELY = 1024

Place = tuple[str, int]
"""A topic and one of its partitions: within it, positions rise."""


@dataclass(frozen=True, slots=True)
class Record:
    """A fact as the log holds it. `position` orders the records of one topic and `partition`."""

    position: int
    fact_id: str
    topic: str
    key: str
    type: str
    payload: str
    trace_id: str
    at: datetime
    partition: int = 0

    @property
    def place(self) -> Place:
        return self.topic, self.partition

    def fact(self) -> Fact:
        """Raises KeyError for a type this process does not know, ValidationError for a broken payload."""
        return _read(self.type, self.payload) if len(self.payload) <= READ_ONCE else Fact.read(self.type, self.payload)


@lru_cache(maxsize=READ_LATELY)
def _read(type_name: str, payload: str) -> Fact:
    return Fact.read(type_name, payload)


class LogReader(Protocol):
    """One group's place in the log."""

    async def fetch(self, *, limit: int, wait: float) -> Sequence[Record]:
        """The next records after those fetched before; waits up to `wait` seconds for the first.

        With `wait=0` it answers nothing only when the log holds nothing more for this reader.
        """
        ...

    async def mark(self, work: UnitOfWork, records: Sequence[Record]) -> None:
        """Moves the group's place behind `records`, with or soon after `work`'s commit, at the latest when closed."""
        ...

    async def skip(self, records: Sequence[Record]) -> None:
        """Moves the group's place behind `records`, in its own time: none had an effect, so they may come again."""
        ...

    async def rewind(self) -> None:
        """Back to what is committed, after a failure."""
        ...


class EventLog(Protocol):
    def reader(
        self, group: str, topics: Sequence[str], *, linger: float = 0.0
    ) -> AbstractAsyncContextManager[LogReader]:
        """linger: seconds after a fetch in which records may gather for the next one that waits."""
        ...

    async def lag(self, group: str, topics: Sequence[str]) -> int:
        """Records the group has yet to read."""
        ...

    async def replay_from(self, group: str, position: int = 0) -> None:
        """Sets the group's place back, 0: to the beginning; the inbox still guards effects that must not happen twice.

        Nobody may read for the group meanwhile. Raises GroupIsReading where the log can tell.
        """
        ...

    def history(
        self, topics: Sequence[str], after: Mapping[Place, int] | None = None
    ) -> AsyncIterator[Sequence[Record]]:
        """All that the log holds of these topics at the time of asking, in order per key, for no group.

        after: the last position known of each place; what lies before is left out.
        """
        ...
