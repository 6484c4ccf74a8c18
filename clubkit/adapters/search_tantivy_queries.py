"""The queries of a search. Each word must match; access, kind and club are filters inside the query."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from tantivy import FieldType, Occur, Query

from clubkit.adapters.search_tantivy_schema import SHORT_PREFIX
from clubkit.search.keeping import millis
from clubkit.search.port import Viewer
from clubkit.search.question import FRESH
from clubkit.search.words import typos_allowed

_FEW_TOKENS = 40


def readable(schema: Any, viewer: Viewer, *, of_few: bool = False) -> list[tuple[Any, Any]]:
    """The access filter; it is in every query, and a viewer without tokens sees nothing.

    of_few: little will match, so it is cheaper to look at each match than to gather all that the viewer may see.
    """
    if not viewer.tokens:
        return [(Occur.Must, Query.empty_query())]
    gather = _any_of if of_few and len(viewer.tokens) <= _FEW_TOKENS else _one_of
    clauses = [(Occur.Must, gather(schema, "readers", viewer.tokens))]
    if viewer.avoids:
        clauses.append((Occur.MustNot, _one_of(schema, "author", viewer.avoids)))
    return clauses


def narrowed(
    schema: Any,
    *,
    clubs: Collection[str] | None = None,
    authors: Collection[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[tuple[Any, Any]]:
    clauses = []
    if clubs is not None:
        clauses.append((Occur.Must, _one_of(schema, "club", clubs)))
    if authors is not None:
        clauses.append((Occur.Must, _one_of(schema, "author", authors)))
    if since or until:
        clauses.append((Occur.Must, _between(schema, since, until, 0.0)))
    return clauses


def of_kinds(schema: Any, kinds: Collection[str] | None) -> list[tuple[Any, Any]]:
    return [] if kinds is None else [(Occur.Must, _any_of(schema, "kind", kinds))]


def fresh(schema: Any, now: datetime) -> list[tuple[Any, Any]]:
    return [(Occur.Should, _between(schema, now - away, now + away, gain)) for away, gain in FRESH]


def title_matches(schema: Any, typed: list[str], *, guess: bool) -> list[tuple[Any, Any]]:
    """Every typed word begins a word of the title; with `guess` typing errors are forgiven."""
    return [(Occur.Must, _best(_title_word(schema, word, guess=guess))) for word in typed]


def finished(schema: Any, word: str) -> list[tuple[Any, Any]]:
    """Titles that hold the word as it is."""
    return [(Occur.Must, Query.term_query(schema, "title", word))]


def begun(schema: Any, word: str) -> list[tuple[Any, Any]]:
    """Titles in which it begins a word."""
    return [(Occur.Must, _begun(schema, word))]


def anywhere_matches(schema: Any, typed: list[str], *, guess: bool) -> list[tuple[Any, Any]]:
    """Every typed word stands in the title (worth more) or the text; the last may be unfinished."""
    clauses = []
    for place, word in enumerate(typed):
        ways = _title_word(schema, word, guess=guess)
        ways.append(Query.boost_query(Query.term_query(schema, "title", word), 3.0))
        ways.append(Query.term_query(schema, "text", word))
        if place == len(typed) - 1 and len(word) >= SHORT_PREFIX:
            ways.append(Query.const_score_query(_begins(schema, "text", word, 0), 0.3))
        if guess and typos_allowed(word):
            ways.append(Query.const_score_query(_resembles(schema, "text", word), 0.1))
        clauses.append((Occur.Must, _best(ways)))
    return clauses


def _title_word(schema: Any, word: str, *, guess: bool) -> list[Any]:
    ways = [
        Query.const_score_query(Query.term_query(schema, "title", word), 2.0),
        Query.const_score_query(_begun(schema, word), 1.0),
    ]
    if guess and typos_allowed(word):
        ways.append(Query.const_score_query(_resembles(schema, "title", word), 0.5))
        ways.append(Query.const_score_query(_begins(schema, "title", word, typos_allowed(word)), 0.25))
    return ways


def _begun(schema: Any, word: str) -> Any:
    if len(word) <= SHORT_PREFIX:
        return Query.term_query(schema, "starts", word)
    return _begins(schema, "title", word, 0)


def _resembles(schema: Any, field: str, word: str) -> Any:
    return Query.fuzzy_term_query(schema, field, word, distance=typos_allowed(word))


def _begins(schema: Any, field: str, word: str, typos: int) -> Any:
    return Query.fuzzy_term_query(schema, field, word, distance=typos, prefix=True)


def _best(ways: list[Any]) -> Any:
    return Query.disjunction_max_query(ways)


def _one_of(schema: Any, field: str, values: Collection[str]) -> Any:
    return Query.const_score_query(Query.term_set_query(schema, field, sorted(values)), 0.0)


def _any_of(schema: Any, field: str, values: Collection[str]) -> Any:
    each = [(Occur.Should, Query.term_query(schema, field, value)) for value in sorted(values)]
    return Query.const_score_query(Query.boolean_query(each), 0.0)


def _between(schema: Any, since: datetime | None, until: datetime | None, score: float) -> Any:
    reach = Query.range_query(
        schema,
        "at",
        FieldType.Integer,
        millis(since) if since else None,
        millis(until) if until else None,
    )
    return Query.const_score_query(reach, score)
