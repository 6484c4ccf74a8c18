"""Reading one generation: find, suggest, digest. Synchronous; the adapter calls it in a thread."""

from collections.abc import Collection
from typing import Any

from tantivy import Query

from clubkit.adapters import search_tantivy_queries as queries
from clubkit.adapters.search_tantivy_generation import Generation, told_apart
from clubkit.adapters.search_tantivy_schema import SHORT_PREFIX, stored
from clubkit.search import cursor
from clubkit.search.keeping import Groups, Kept, fingerprint, hit
from clubkit.search.port import DEEPEST, Found, Suggestion, Viewer
from clubkit.search.question import Question, typed_words

Clauses = list[tuple[Any, Any]]

_FIRST_LOOK = 80
"""Suggestions fetched at once for all kinds, before a crowded kind is asked on its own."""


def find(generation: Generation, question: Question, limit: int, after: str | None) -> Found:
    mark = question.mark
    place = cursor.read(after, mark)
    offset = place.reached
    typed = typed_words(question.text)
    if not typed and not question.newest:
        return Found([], {}, 0)
    found = _page(generation, question, typed, offset, limit, guess=place.guessed)
    if typed and not sum(found.counts.values()) and after is None:
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
        *queries.narrowed(
            schema, clubs=question.clubs, authors=question.authors, since=question.since, until=question.until
        ),
    ]
    with told_apart():
        searcher = generation.searcher()
        counts = _counts(searcher, Query.boolean_query(wanted))
        kinds = None if question.kinds is not None and counts.keys() <= set(question.kinds) else question.kinds
        narrow = [*wanted, *queries.of_kinds(schema, kinds), *queries.fresh(schema, question.now)]
        order = {"order_by_field": "at"} if question.newest else {"weight_by_field": "weight"}
        result = searcher.search(Query.boolean_query(narrow), limit, offset=offset, count=True, **order)
        sources = [(score, stored(searcher.doc(address))) for score, address in result.hits]
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
    short = len(max(typed, key=len)) <= SHORT_PREFIX
    visible = queries.readable(schema, viewer, of_few=not short)
    looks = _looks(schema, typed, guess=guess)
    with told_apart():
        searcher = generation.searcher()
        crowd = False
        for wanted, in_order in looks:
            # Of all kinds at first: to leave some out costs more than to skip them here.
            first = _best(searcher, [*wanted, *visible], _FIRST_LOOK, in_order)
            groups.add(source for source in first if kinds is None or source["kind"] in kinds)
            crowd = crowd or len(first) == _FIRST_LOOK
        if not crowd:
            return
        begun = Query.boolean_query([*looks[-1][0], *visible])
        for kind in groups.crowded_out(kinds if kinds is not None else _counts(searcher, begun)):
            alone = [*queries.readable(schema, viewer, of_few=True), *queries.of_kinds(schema, [kind])]
            for wanted, in_order in looks:
                groups.add(_best(searcher, [*wanted, *alone], groups.per_kind, in_order))


def _looks(schema: Any, typed: list[str], *, guess: bool) -> list[tuple[Clauses, bool]]:
    """The searches that together answer what was typed, the better ones first; and whether fame alone orders them.

    One word is asked for finished and then begun: then a match needs no score of its own.
    """
    if guess or len(typed) > 1:
        return [(queries.title_matches(schema, typed, guess=guess), False)]
    return [(queries.finished(schema, typed[0]), True), (queries.begun(schema, typed[0]), True)]


def _best(searcher: Any, clauses: Clauses, most: int, in_order: bool) -> list[Kept]:
    by = {"order_by_field": "weight"} if in_order else {"weight_by_field": "weight"}
    hits = searcher.search(Query.boolean_query(clauses), most, count=False, **by).hits
    return [stored(searcher.doc(address)) for _, address in hits]


def digest(generation: Generation) -> str:
    return fingerprint(generation.living())


def _counts(searcher: Any, query: Any) -> dict[str, int]:
    terms = searcher.aggregate(query, {"kinds": {"terms": {"field": "kind", "size": 50}}})
    return {bucket["key"]: bucket["doc_count"] for bucket in terms["kinds"]["buckets"]}
