"""The `EventLog` port: ordered per key, at least once, read by consumer groups, replayable."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clubkit.contracts.base import Fact
from clubkit.db.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Record:
    """A fact as the log holds it. `position` orders records within what one reader sees."""

    position: int
    fact_id: str
    topic: str
    key: str
    type: str
    payload: str
    trace_id: str
    at: datetime

    def fact(self) -> Fact:
        """Raises KeyError for a type this process does not know, ValidationError for a broken payload."""
        return Fact.read(self.type, self.payload)


class LogReader(Protocol):
    """One group's place in the log."""

    async def fetch(self, *, limit: int, wait: float) -> Sequence[Record]:
        """The next records after the mark; waits up to `wait` seconds for the first."""
        ...

    async def mark(self, work: UnitOfWork, records: Sequence[Record]) -> None:
        """Moves the group's place behind `records`, with or right after `work`'s commit."""
        ...

    async def rewind(self) -> None:
        """Back to what is committed, after a failure."""
        ...


class EventLog(Protocol):
    def reader(self, group: str, topics: Sequence[str]) -> AbstractAsyncContextManager[LogReader]: ...

    async def lag(self, group: str, topics: Sequence[str]) -> int:
        """Records the group has yet to read."""
        ...

    async def replay_from(self, group: str, position: int = 0) -> None:
        """Sets the group's place back; the inbox still guards effects that must not happen twice."""
        ...
