"""The `FixtureProvider` port: where fixtures and results come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sports_service.catalogue.listing import Entry, League
from sports_service.ingest.models import Document, TurnedAway


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document read: the entries we believe and those we do not. `league` None: nothing could be made of it."""

    league: League | None
    label: str
    entries: Sequence[Entry]
    turned_away: Sequence[TurnedAway]


class FixtureProvider(Protocol):
    """A source with its own names and habits. Both calls block: run them in a thread."""

    name: str

    def documents(self) -> Sequence[Document]:
        """Raises SourceMissing, SourceBroken or SourceEmpty."""
        ...

    def parse(self, document: Document, *, now: datetime, shift_weeks: int = 0, hold_results: bool = False) -> Parsed:
        """Never raises: what cannot be believed is turned away with the reason.

        shift_weeks: moves all dates, for demo seasons. hold_results: a result whose match is not over at `now`
        is kept back instead of turned away.
        """
        ...
