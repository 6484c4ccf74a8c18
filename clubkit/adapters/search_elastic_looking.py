"""Reading Elasticsearch: find, suggest, digest."""

from collections.abc import AsyncIterator, Collection
from typing import Any

from elasticsearch import AsyncElasticsearch

from clubkit.adapters import search_elastic_queries as queries
from clubkit.search import cursor
from clubkit.search.keeping import Groups, Kept, fingerprint, hit
from clubkit.search.port import DEEPEST, Found, Suggestion, Viewer
from clubkit.search.question import Question, typed_words

_FIRST_LOOK = 40
"""Suggestions fetched at once for all kinds, before a crowded kind is asked on its own."""

_PAGE = 10_000
_FAMOUS_FIRST = [{"fame": "desc"}]
_BEST_FIRST = ["_score", {"fame": "desc"}]


async def find(client: AsyncElasticsearch, index: str, question: Question, limit: int, after: str | None) -> Found:
    place = cursor.read(after, question.mark, keyed=True)
    typed = typed_words(question.text)
    if not typed and not question.newest:
        return Found([], {}, 0)
    found = await _page(client, index, question, typed, place, limit)
    if typed and not sum(found.counts.values()) and after is None:
        found = await _page(client, index, question, typed, cursor.Place(guessed=True), limit)
    return found


async def _page(
    client: AsyncElasticsearch, index: str, question: Question, typed: list[str], place: cursor.Place, limit: int
) -> Found:
    answer = await client.search(
        index=index,
        query=queries.anywhere(question, typed, guess=place.guessed),
        # The kinds are left out of the query, so that every kind keeps its count.
        post_filter={"bool": {"filter": queries.of_kinds(question.kinds)}},
        aggs={"kinds": {"terms": {"field": "kind", "size": 50}}},
        sort=[{"at": "desc"} if question.newest else "_score", {"key": "asc"}],
        search_after=_behind(place, question),
        size=limit,
        track_total_hits=True,
        source_includes=["source"],
    )
    counts = {each["key"]: each["doc_count"] for each in answer["aggregations"]["kinds"]["buckets"]}
    rows = answer["hits"]["hits"]
    hits = [hit(row["_source"]["source"], row["sort"][0], typed, loosely=place.guessed) for row in rows]
    total, reached = answer["hits"]["total"]["value"], place.reached + len(hits)
    guessed = place.guessed and bool(counts)
    if hits and reached < min(total, DEEPEST):
        score, key = rows[-1]["sort"]
        more = cursor.write(question.mark, cursor.Place(reached, guessed, (float(score), key)))
        return Found(hits, counts, total, more, guessed)
    return Found(hits, counts, total, guessed=guessed)


def _behind(place: cursor.Place, question: Question) -> list[Any] | None:
    """A time is a whole number there, a score is not."""
    if not place.last:
        return None
    at_or_score, key = place.last
    return [int(at_or_score) if question.newest else at_or_score, key]


async def suggest(
    client: AsyncElasticsearch, index: str, text: str, viewer: Viewer, kinds: Collection[str] | None, per_kind: int
) -> dict[str, list[Suggestion]]:
    """As written first; typing errors are forgiven only where that leaves room."""
    typed = typed_words(text)
    if not typed or per_kind < 1:
        return {}
    groups = Groups(per_kind)
    await _fill(client, index, groups, typed, viewer, kinds, guess=False)
    guessed = groups.size < per_kind
    if guessed:
        await _fill(client, index, groups, typed, viewer, kinds, guess=True)
    return groups.suggestions(typed, loosely=guessed)


async def _fill(
    client: AsyncElasticsearch,
    index: str,
    groups: Groups,
    typed: list[str],
    viewer: Viewer,
    kinds: Collection[str] | None,
    *,
    guess: bool,
) -> None:
    looks = _looks(typed, viewer, kinds, size=_FIRST_LOOK, guess=guess)
    found = await _search(client, index, looks)
    for sources in found:
        groups.add(sources)
    if all(len(sources) < _FIRST_LOOK for sources in found):
        return
    crowded = groups.crowded_out(kinds or await _kinds(client, index, typed, viewer, guess=guess))
    alone = [look for kind in crowded for look in _looks(typed, viewer, [kind], size=groups.per_kind, guess=guess)]
    if alone:
        for sources in await _search(client, index, alone):
            groups.add(sources)


def _looks(
    typed: list[str], viewer: Viewer, kinds: Collection[str] | None, *, size: int, guess: bool
) -> list[dict[str, Any]]:
    """The searches that together answer what was typed, the better ones first.

    One word is asked for finished and then begun: each in the order of the index, which lets both stop early.
    """
    common = {"size": size, "track_total_hits": False, "_source": {"excludes": ["source.text"]}}
    if guess or len(typed) > 1:
        return [common | {"query": queries.in_title(typed, viewer, kinds, guess=guess), "sort": _BEST_FIRST}]
    finished = queries.finished(typed[0], viewer, kinds)
    begun = queries.begun(typed, viewer, kinds)
    return [common | {"query": query, "sort": _FAMOUS_FIRST} for query in (finished, begun)]


async def _search(client: AsyncElasticsearch, index: str, looks: list[dict[str, Any]]) -> list[list[Kept]]:
    if len(looks) == 1:
        one = looks[0]
        answers: list[Any] = [await client.search(index=index, body=one)]
    else:
        told = [part for look in looks for part in ({"index": index}, look)]
        answers = (await client.msearch(searches=told))["responses"]
    return [[row["_source"]["source"] for row in answer["hits"]["hits"]] for answer in answers]


async def _kinds(client: AsyncElasticsearch, index: str, typed: list[str], viewer: Viewer, *, guess: bool) -> list[str]:
    query = queries.in_title(typed, viewer, None, guess=guess)
    aggs = {"kinds": {"terms": {"field": "kind", "size": 50}}}
    answer = await client.search(index=index, query=query, aggs=aggs, size=0)
    return [each["key"] for each in answer["aggregations"]["kinds"]["buckets"]]


async def digest(client: AsyncElasticsearch, index: str) -> str:
    return fingerprint([each async for each in _living(client, index)])


async def _living(client: AsyncElasticsearch, index: str) -> AsyncIterator[tuple[str, int]]:
    """Every (key, version) that can be found, as of one moment."""
    pit = (await client.open_point_in_time(index=index, keep_alive="1m"))["id"]
    last: list[Any] | None = None
    try:
        while True:
            answer = await client.search(
                pit={"id": pit, "keep_alive": "1m"}, query={"exists": {"field": "kind"}}, sort=["_shard_doc"],
                search_after=last, size=_PAGE, source=False, docvalue_fields=[{"field": "key"}, {"field": "version"}],
                track_total_hits=False,
            )  # fmt: skip
            rows = answer["hits"]["hits"]
            for row in rows:
                yield row["fields"]["key"][0], row["fields"]["version"][0]
            if len(rows) < _PAGE:
                return
            last = rows[-1]["sort"]
    finally:
        await client.close_point_in_time(id=pit)
