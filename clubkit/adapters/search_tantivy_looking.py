"""Reading one generation: find, suggest, digest. Synchronous; the adapter calls it in a thread."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from tantivy import Query

from clubkit.adapters import search_tantivy_queries as queries
from clubkit.adapters.search_tantivy_generation import Generation, told_apart
from clubkit.adapters.search_tantivy_schema import moment, stored
from clubkit.search import cursor
from clubkit.search.marking import excerpt, marks
from clubkit.search.port import DEEPEST, Found, Hit, Suggestion, Viewer
from clubkit.search.words import words

WORDS_USED = 12
"""Words of a query that count; the rest narrows nothing that a member would notice."""

_FIRST_LOOK = 80
"""Suggestions fetched at once for all kinds, before a crowded kind is asked on its own."""


@dataclass(frozen=True)
class Question:
    text: str
    viewer: Viewer
    kinds: Collection[str] | None
    clubs: Collection[str] | None
    since: datetime | None
    until: datetime | None
    now: datetime


def find(generation: Generation, question: Question, limit: int, after: str | None) -> Found:
    mark = _mark(question)
    offset, guess = cursor.read(after, mark)
    typed = words(question.text)[:WORDS_USED]
    if not typed:
        return Found([], {}, 0)
    found = _page(generation, question, typed, offset, limit, guess=guess)
    if not sum(found.counts.values()) and after is None:
        found = _page(generation, question, typed, 0, limit, guess=True)
    reached = offset + len(found.hits)
    if found.hits and reached < min(found.total, DEEPEST):
        more = cursor.write(mark, reached, guessed=found.guessed)
        return Found(found.hits, found.counts, found.total, more, found.guessed)
    return found


def _page(
    generation: Generation, question: Question, typed: list[str], offset: int, limit: int, *, guess: bool
) -> Found:
    schema = generation.schema
    wanted = [
        *queries.anywhere_matches(schema, typed, guess=guess),
        *queries.readable(schema, question.viewer),
        *queries.narrowed(schema, clubs=question.clubs, since=question.since, until=question.until),
    ]
    narrow = [*wanted, *queries.of_kinds(schema, question.kinds), *queries.fresh(schema, question.now)]
    with told_apart():
        searcher = generation.searcher()
        result = searcher.search(
            Query.boolean_query(narrow), limit, offset=offset, count=True, weight_by_field="weight"
        )
        sources = [(score, stored(searcher.doc(address))) for score, address in result.hits]
        counts = _counts(searcher, Query.boolean_query(wanted))
    hits = [_hit(source, score, typed, loosely=guess) for score, source in sources]
    return Found(hits, counts, result.count or 0, guessed=guess and bool(counts))


def suggest(
    generation: Generation, text: str, viewer: Viewer, kinds: Collection[str] | None, per_kind: int
) -> dict[str, list[Suggestion]]:
    """As written first; typing errors are forgiven only where that leaves room."""
    typed = words(text)[:WORDS_USED]
    if not typed or per_kind < 1:
        return {}
    groups: dict[str, list[dict[str, Any]]] = {}
    _fill(generation, groups, typed, viewer, kinds, per_kind, guess=False)
    guessed = sum(map(len, groups.values())) < per_kind
    if guessed:
        _fill(generation, groups, typed, viewer, kinds, per_kind, guess=True)
    return {
        kind: [_suggestion(source, typed, loosely=guessed) for source in sources] for kind, sources in groups.items()
    }


def _fill(
    generation: Generation,
    groups: dict[str, list[dict[str, Any]]],
    typed: list[str],
    viewer: Viewer,
    kinds: Collection[str] | None,
    per_kind: int,
    *,
    guess: bool,
) -> None:
    schema = generation.schema
    wanted = [
        *queries.title_matches(schema, typed, guess=guess),
        *queries.readable(schema, viewer),
        *queries.of_kinds(schema, kinds),
    ]
    with told_apart():
        searcher = generation.searcher()
        query = Query.boolean_query(wanted)
        result = searcher.search(query, _FIRST_LOOK, count=True, weight_by_field="weight")
        _add(groups, (stored(searcher.doc(address)) for _, address in result.hits), per_kind)
        if result.count <= _FIRST_LOOK:
            return
        for kind in _counts(searcher, query):
            if len(groups.get(kind, ())) < per_kind:
                alone = Query.boolean_query([*wanted, *queries.of_kinds(schema, [kind])])
                hits = searcher.search(alone, per_kind, count=False, weight_by_field="weight").hits
                _add(groups, (stored(searcher.doc(address)) for _, address in hits), per_kind)


def _add(groups: dict[str, list[dict[str, Any]]], sources: Iterable[dict[str, Any]], per_kind: int) -> None:
    for source in sources:
        group = groups.setdefault(source["kind"], [])
        if len(group) < per_kind and all(source["id"] != other["id"] for other in group):
            group.append(source)


def digest(generation: Generation) -> str:
    lines = sorted(f"{key}\x1f{version}" for key, version in generation.living())
    return blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def _counts(searcher: Any, query: Any) -> dict[str, int]:
    terms = searcher.aggregate(query, {"kinds": {"terms": {"field": "kind", "size": 50}}})
    return {bucket["key"]: bucket["doc_count"] for bucket in terms["kinds"]["buckets"]}


def _mark(question: Question) -> str:
    narrowing = [sorted(v) if v is not None else None for v in (question.kinds, question.clubs)]
    return cursor.search_mark(words(question.text), narrowing, question.since, question.until)


def _suggestion(source: dict[str, Any], typed: list[str], *, loosely: bool) -> Suggestion:
    return Suggestion(
        kind=source["kind"],
        id=source["id"],
        title=source["title"],
        marks=marks(source["title"], typed, loosely=loosely),
        club_id=source["club_id"],
        hue=source["hue"],
        card=source["card"],
    )


def _hit(source: dict[str, Any], score: float, typed: list[str], *, loosely: bool) -> Hit:
    piece, piece_marks = excerpt(source["text"], typed, loosely=loosely)
    return Hit(
        kind=source["kind"],
        id=source["id"],
        title=source["title"],
        marks=marks(source["title"], typed, loosely=loosely),
        club_id=source["club_id"],
        hue=source["hue"],
        card=source["card"],
        at=moment(source["at"]),
        score=float(score),
        excerpt=piece,
        excerpt_marks=piece_marks,
    )
