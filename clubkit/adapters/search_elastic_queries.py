"""The queries of a search, as Elasticsearch reads them. They say what the embedded index's queries say."""

from collections.abc import Collection
from typing import Any

from clubkit.adapters.search_elastic_layout import LONGEST_BEGINNING, SHORT_PREFIX
from clubkit.search.keeping import millis
from clubkit.search.port import Viewer
from clubkit.search.question import FRESH, Question
from clubkit.search.words import typos_allowed

Query = dict[str, Any]

GUESSES = 100
"""Words of the dictionary that a word with typing errors may stand for."""


def readable(viewer: Viewer) -> Query:
    """The access filter; it is in every query, and a viewer without tokens sees nothing."""
    if not viewer.tokens:
        return {"match_none": {}}
    mine: Query = {"terms": {"readers": sorted(viewer.tokens)}}
    if not viewer.avoids:
        return mine
    return {"bool": {"filter": [mine], "must_not": [{"terms": {"author": sorted(viewer.avoids)}}]}}


def of_kinds(kinds: Collection[str] | None) -> list[Query]:
    return [] if kinds is None else [{"terms": {"kind": sorted(kinds)}}]


def anywhere(question: Question, typed: list[str], *, guess: bool) -> Query:
    """What matches, with its score: every word in the title (worth more) or the text; fame at most doubles it."""
    found = {
        "bool": {
            "must": [
                _anywhere_word(word, last=place == len(typed) - 1, guess=guess) for place, word in enumerate(typed)
            ],
            "filter": [readable(question.viewer), *_narrowed(question)],
            "should": _fresh(question),
        }
    }
    fame = {"field": "fame", "missing": 1}
    return {"function_score": {"query": found, "field_value_factor": fame, "boost_mode": "multiply"}}


def finished(word: str, viewer: Viewer, kinds: Collection[str] | None) -> Query:
    """Titles that hold the word as it is."""
    return {"bool": {"filter": [{"term": {"title": word}}, readable(viewer), *of_kinds(kinds)]}}


def begun(typed: list[str], viewer: Viewer, kinds: Collection[str] | None) -> Query:
    """Titles in which every typed word begins a word."""
    return {"bool": {"filter": [*(_begins(word) for word in typed), readable(viewer), *of_kinds(kinds)]}}


def in_title(typed: list[str], viewer: Viewer, kinds: Collection[str] | None, *, guess: bool) -> Query:
    """The same with a score: finished words count twice, and with `guess` typing errors are forgiven."""
    must = [_best(_title_word(word, guess=guess)) for word in typed]
    return {"bool": {"must": must, "filter": [readable(viewer), *of_kinds(kinds)]}}


def _anywhere_word(word: str, *, last: bool, guess: bool) -> Query:
    ways = _title_word(word, guess=guess)
    ways.append({"term": {"title": {"value": word, "boost": 3.0}}})
    ways.append({"term": {"text": {"value": word}}})
    if last and len(word) >= SHORT_PREFIX:
        ways.append(_flat({"prefix": {"text": {"value": word}}}, 0.3))
    if guess and typos_allowed(word):
        ways.append(_flat(_resembles("text", word), 0.1))
    return _best(ways)


def _title_word(word: str, *, guess: bool) -> list[Query]:
    ways = [_flat({"term": {"title": word}}, 2.0), _flat(_begins(word), 1.0)]
    if guess and typos_allowed(word):
        ways.append(_flat(_resembles("title", word), 0.5))
        if len(word) < LONGEST_BEGINNING:
            ways.append(_flat(_resembles("starts", word), 0.25))
    return ways


def _begins(word: str) -> Query:
    """A beginning is a term of its own; beyond the longest of them the dictionary is walked."""
    if len(word) <= LONGEST_BEGINNING:
        return {"term": {"starts": word}}
    return {"prefix": {"title": {"value": word}}}


def _resembles(field: str, word: str) -> Query:
    # On beginnings, to resemble one is to resemble the beginning of a word: a typing error in an unfinished word.
    return {"fuzzy": {field: {"value": word, "fuzziness": typos_allowed(word), "max_expansions": GUESSES}}}


def _narrowed(question: Question) -> list[Query]:
    clauses: list[Query] = []
    if question.clubs is not None:
        clauses.append({"terms": {"club": sorted(question.clubs)}})
    if question.authors is not None:
        clauses.append({"terms": {"author": sorted(question.authors)}})
    since = {"gte": millis(question.since)} if question.since else {}
    until = {"lte": millis(question.until)} if question.until else {}
    if since or until:
        clauses.append({"range": {"at": since | until}})
    return clauses


def _fresh(question: Question) -> list[Query]:
    return [
        _flat({"range": {"at": {"gte": millis(question.now - away), "lte": millis(question.now + away)}}}, gain)
        for away, gain in FRESH
    ]


def _flat(query: Query, score: float) -> Query:
    return {"constant_score": {"filter": query, "boost": score}}


def _best(ways: list[Query]) -> Query:
    return {"dis_max": {"queries": ways}}
