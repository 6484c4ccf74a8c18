"""The search port: what the house asks of an index, in the house's words.

Kinds in use: person, club, event, post, reel, message. An adapter knows none of them.
"""

from collections.abc import AsyncIterable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

QUERY_LIMIT = 400
"""Characters of a query; a longer one is refused with `QueryTooLong`."""

DEEPEST = 1_000
"""Hits that paging reaches; nobody reads further, they refine."""

Span = tuple[int, int]
"""Half-open range of characters in the text it stands beside."""


@dataclass(frozen=True)
class Document:
    """One thing that can be found.

    version rises with every change of the thing (the sequence of its event): an older or equal
    version never overwrites. readers are the access tokens of which a viewer must hold one.
    card is JSON the caller wants back with a hit. at is the event's time or the thing's birth (UTC).
    """

    kind: str
    id: str
    title: str
    version: int
    readers: frozenset[str]
    at: datetime
    text: str = ""
    club_id: str | None = None
    author_id: str | None = None
    hue: int | None = None
    popularity: float = 0.0
    card: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Viewer:
    """Who looks: the tokens she holds, and the authors she does not want (or may not) meet."""

    tokens: frozenset[str]
    avoids: frozenset[str] = frozenset()

    @classmethod
    def member(cls, member_id: str, clubs: Iterable[str] = (), avoids: Iterable[str] = ()) -> "Viewer":
        own = {"public", f"member:{member_id}", *(f"club:{club}" for club in clubs)}
        return cls(frozenset(own), frozenset(avoids))

    @classmethod
    def stranger(cls) -> "Viewer":
        return cls(frozenset({"public"}))


@dataclass(frozen=True)
class Suggestion:
    kind: str
    id: str
    title: str
    marks: tuple[Span, ...]
    club_id: str | None
    hue: int | None
    card: Mapping[str, Any]


@dataclass(frozen=True)
class Hit(Suggestion):
    """marks lie in title, excerpt_marks in excerpt."""

    at: datetime
    score: float
    excerpt: str
    excerpt_marks: tuple[Span, ...]


@dataclass(frozen=True)
class Found:
    """A page of hits, best first.

    counts: matches per kind, over all kinds whatever kind was asked for, so tabs keep their numbers.
    after: the cursor of the next page, None at the end. guessed: nothing matched as written,
    these match with typing errors forgiven.
    """

    hits: list[Hit]
    counts: dict[str, int]
    total: int
    after: str | None = None
    guessed: bool = False


class SearchIndex(Protocol):
    """Every answer holds only what the viewer may see: access is part of the query."""

    @property
    def needs_rebuild(self) -> str | None:
        """Why the index is incomplete (new, torn, older layout), until a `rebuild` succeeded."""

    async def put(self, document: Document, *, wait: bool = False) -> None:
        """Accept a document; it is durable and findable within 50 ms, or on return with `wait`.

        A log handler that sends many awaits `refresh` before it commits its offset.
        """

    async def put_many(self, documents: Iterable[Document]) -> None:
        """Accept all in one commit; durable and findable on return."""

    async def delete(self, kind: str, document_id: str, version: int, *, wait: bool = False) -> None:
        """Take a thing away; versions up to this one cannot bring it back (until a rebuild)."""

    async def refresh(self) -> None:
        """Return when all accepted so far is durable and findable."""

    async def rebuild(self, documents: AsyncIterable[Document]) -> int:
        """Fill a shadow index from the truth and swap it in at once; searches and puts go on meanwhile.

        Returns the number of documents. If the stream fails, the old index stays.
        """

    async def find(
        self,
        text: str,
        viewer: Viewer,
        *,
        kinds: Collection[str] | None = None,
        clubs: Collection[str] | None = None,
        authors: Collection[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        newest: bool = False,
        limit: int = 20,
        after: str | None = None,
    ) -> Found:
        """Things that match every word, best first. Raises QueryTooLong, BadSearchCursor, SearchBroken.

        newest: the latest first instead; then no words at all match everything that is not narrowed away.
        """

    async def suggest(
        self, text: str, viewer: Viewer, *, kinds: Collection[str] | None = None, per_kind: int = 4
    ) -> dict[str, list[Suggestion]]:
        """Up to per_kind titles per kind while she types; kinds without any are absent."""

    async def digest(self) -> str:
        """A fingerprint of the living ids and versions: equal content, equal digest."""

    async def close(self) -> None: ...
