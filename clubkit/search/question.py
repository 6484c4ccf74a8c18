"""What is asked of an index, as every adapter reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from clubkit.search.cursor import search_mark
from clubkit.search.errors import QueryTooLong
from clubkit.search.port import QUERY_LIMIT, Viewer
from clubkit.search.words import words

WORDS_USED = 12
"""Words of a query that count; the rest narrows nothing that a member would notice."""

MOST_HITS = 100
"""Hits of one page."""

FRESH = ((timedelta(days=14), 0.6), (timedelta(days=90), 0.3))
"""Distance from now, to both sides, and what it adds to a score: near is fresh, soon is fresh too."""


@dataclass(frozen=True)
class Question:
    text: str
    viewer: Viewer
    kinds: Collection[str] | None
    clubs: Collection[str] | None
    since: datetime | None
    until: datetime | None
    now: datetime
    authors: Collection[str] | None = None
    newest: bool = False

    @property
    def mark(self) -> str:
        narrowing = [sorted(v) if v is not None else None for v in (self.kinds, self.clubs, self.authors)]
        return search_mark(words(self.text), narrowing, self.since, self.until, self.newest)


def typed_words(text: str) -> list[str]:
    """Raises QueryTooLong."""
    if len(text) > QUERY_LIMIT:
        raise QueryTooLong(QUERY_LIMIT)
    return words(text)[:WORDS_USED]
