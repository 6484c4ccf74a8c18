"""Facts on their way to a log that lives elsewhere: stored with the state they speak of, sent by a relay."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A fact as it was stored, ready for the log. `topic` is the fact's own, without any prefix."""

    fact_id: str
    topic: str
    key: str
    type: str
    payload: str
    trace_id: str
    at: datetime


class PendingFacts(Protocol):
    """Where facts wait: the SQL outbox, or the documents that carry their own."""

    name: str
    """For logs and metrics: "outbox", "messages"."""

    def claim(self, limit: int) -> AbstractAsyncContextManager[Sequence[Outgoing]]:
        """Facts not sent yet, oldest first. Leaving the block well marks them sent; an error gives them back.

        A relay that dies inside the block gives them back too: they are sent again, which readers bear by `fact_id`.
        Two relays may claim at the same time. The second is answered the same facts, or none while the first is at
        work; never later facts of a key whose earlier ones are still claimed.
        """
        ...

    async def arrived(self, wait: float) -> None:
        """Waits until there may be new facts, at most `wait` seconds. May return without cause."""
        ...

    async def waiting(self) -> int:
        """How many facts have not been sent."""
        ...


class PendingSources:
    """All places of this process where facts wait; a module with one of its own adds it when it is composed."""

    def __init__(self) -> None:
        self._sources: dict[str, PendingFacts] = {}

    def add(self, source: PendingFacts) -> None:
        self._sources[source.name] = source

    def __iter__(self) -> Iterator[PendingFacts]:
        return iter(self._sources.values())
