"""The wire shapes of search."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from clubkit.contracts.base import Contract
from clubkit.search.port import Span
from social_service.clubs.schemas import ClubBrief
from social_service.people.schemas import PersonBrief

SearchKind = Literal["person", "club", "event", "post", "reel"]
KINDS: tuple[SearchKind, ...] = ("person", "club", "event", "post", "reel")


class FoundThing(Contract):
    """Something that can be opened: for an event, `id` is the next date of its series."""

    kind: SearchKind
    id: str
    title: str
    marks: tuple[Span, ...] = Field(description="[from, to) in the title, in characters: what matched")
    link: str = Field(description="path inside the app")
    hue: int | None
    club: ClubBrief | None
    person: PersonBrief | None = Field(description="the person found, or who wrote it")
    starts_at: datetime | None = Field(description="of an event")
    poster_url: str | None = Field(description="of a reel")


class SearchHit(FoundThing):
    excerpt: str
    excerpt_marks: tuple[Span, ...]
    at: datetime


class SearchPageInfo(Contract):
    next: str | None
    prev: str | None = None


class SearchPage(Contract):
    """Best first. `counts` holds all matches by kind, whatever kind was asked for."""

    data: tuple[SearchHit, ...]
    page: SearchPageInfo
    counts: dict[SearchKind, int]
    total: int
    guessed: bool = Field(description="nothing matched as written; these match with typing errors forgiven")


class SuggestionGroup(Contract):
    kind: SearchKind
    suggestions: tuple[FoundThing, ...]


class Suggestions(Contract):
    """In the order to show them; kinds without any are absent."""

    groups: tuple[SuggestionGroup, ...]


class IndexState(Contract):
    """Whether the index is whole, and how far a rebuild has come."""

    needs_rebuild: str | None
    rebuilding: bool
    documents: int
    stage: str


class RebuildAccepted(Contract):
    job_id: str
