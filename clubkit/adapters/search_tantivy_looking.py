"""Reading one generation: find, suggest, digest. Synchronous; the adapter calls it in a thread."""

from collections.abc import Collection
from typing import Any

from tantivy import Query

from clubkit.adapters import search_tantivy_queries as queries
from clubkit.adapters.search_tantivy_generation import Generation, told_apart
from clubkit.adapters.search_tantivy_schema import stored
from clubkit.search import cursor
from clubkit.search.keeping import Groups, fingerprint, hit
from clubkit.search.port import DEEPEST, Found, Suggestion, Viewer
from clubkit.search.question import Question, typed_words

_FIRST_LOOK = 80
"""Suggestions fetched at once for all kinds, before a crowded kind is asked on its own."""


def find(generation: Generation, question: Question, limit: int, after: str | None) -> Found:
    mark = question.mark
    place = cursor.read(after, mark)
    offset = place.reached
    typed = typed_words(question.text)
    if not typed:
        return Found([], {}, 0)
    found = _page(generation, question, typed, offset, limit, guess=place.guessed)
    if not sum(found.counts.values()) and after is None:
        found = _page(generation, question, typed, 0, limit, guess=True)
    reached = offset + len(found.hits)
    if found.hits and reached < min(found.total, DEEPEST):
        more = cursor.write(mark, cursor.Place(reached, found.guessed))
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
    hits = [hit(source, score, typed, loosely=guess) for score, source in sources]
    return Found(hits, counts, result.count or 0, guessed=guess and bool(counts))


def suggest(
    generation: Generation, text: str, viewer: Viewer, kinds: Collection[str] | None, per_kind: int
) -> dict[str, list[Suggestion]]:
    """As written first; typing errors are forgiven only where that leaves room."""
    typed = typed_words(text)
    if not typed or per_kind < 1:
        return {}
    groups = Groups(per_kind)
    _fill(generation, groups, typed, viewer, kinds, guess=False)
    guessed = groups.size < per_kind
    if guessed:
        _fill(generation, groups, typed, viewer, kinds, guess=True)
    return groups.suggestions(typed, loosely=guessed)


def _fill(
    generation: Generation,
    groups: Groups,
    typed: list[str],
    viewer: Viewer,
    kinds: Collection[str] | None,
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
        groups.add(stored(searcher.doc(address)) for _, address in result.hits)
        if result.count <= _FIRST_LOOK:
            return
        for kind in groups.crowded_out(_counts(searcher, query)):
            alone = Query.boolean_query([*wanted, *queries.of_kinds(schema, [kind])])
            hits = searcher.search(alone, groups.per_kind, count=False, weight_by_field="weight").hits
            groups.add(stored(searcher.doc(address)) for _, address in hits)


def digest(generation: Generation) -> str:
    return fingerprint(generation.living())


def _counts(searcher: Any, query: Any) -> dict[str, int]:
    terms = searcher.aggregate(query, {"kinds": {"terms": {"field": "kind", "size": 50}}})
    return {bucket["key"]: bucket["doc_count"] for bucket in terms["kinds"]["buckets"]}
