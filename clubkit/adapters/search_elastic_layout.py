"""How a document lies in Elasticsearch.

Words are folded by `clubkit.search.words` before they get here, as in the embedded index, so that both find the
same; Elasticsearch only splits at spaces and cuts the beginnings of title words. What was folded is indexed and not
stored; `source` is stored and not indexed.
"""

from hashlib import blake2b
from math import log2
from typing import Any

import orjson

from clubkit.search.keeping import TEXT_LIMIT, kept, key_of, millis, sound, weight
from clubkit.search.port import Document
from clubkit.search.words import title_words, words

LAYOUT = 1
"""Raise it with any change here: an index of another layout is replaced by an empty one and rebuilt."""

LONGEST_BEGINNING = 20
"""Letters of a title word that are found while it is typed; a longer beginning walks the dictionary."""

SHORT_PREFIX = 3
"""The last word of a search is taken as unfinished in texts from this length on."""

_LONGEST_ID = 400

Change = Document | tuple[str, int]
"""A document to put, or (key, version) to delete."""

_EXACT = {"type": "keyword", "ignore_above": 8000}
_SPLIT = {"type": "text", "analyzer": "split", "index_options": "freqs"}

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",  # whoever writes says when it must be findable
    "max_result_window": 10_000,
    # Suggestions come in this order, so a look for the first few of a kind may stop early.
    "sort.field": "fame",
    "sort.order": "desc",
    "analysis": {
        "filter": {"beginnings": {"type": "edge_ngram", "min_gram": 1, "max_gram": LONGEST_BEGINNING}},
        "analyzer": {
            "split": {"type": "custom", "tokenizer": "whitespace"},
            "beginnings": {"type": "custom", "tokenizer": "whitespace", "filter": ["beginnings"]},
        },
    },
}

MAPPINGS: dict[str, Any] = {
    "dynamic": False,
    "_source": {"includes": ["source", "beat"]},
    "properties": {
        "key": _EXACT,
        "kind": _EXACT,
        "readers": _EXACT | {"doc_values": False},
        "club": _EXACT | {"doc_values": False},
        "author": _EXACT | {"doc_values": False},
        "version": {"type": "long", "index": False},
        "at": {"type": "long"},
        "fame": {"type": "float", "index": False},
        "title": _SPLIT,
        "starts": {"type": "text", "analyzer": "beginnings", "search_analyzer": "split", "index_options": "docs"}
        | {"norms": False},
        "text": _SPLIT,
        "source": {"type": "object", "enabled": False},
        "beat": {"type": "long", "index": False, "doc_values": False},
    },
}


def key_and_version(change: Change) -> tuple[str, int]:
    if isinstance(change, Document):
        return key_of(change.kind, change.id), change.version
    return change


def lines(change: Change) -> tuple[bytes, bytes]:
    """The two lines of a bulk request that write a change, unless a version as new is known there."""
    key, version = key_and_version(change)
    header = {"index": {"_id": id_of(key), "version": version, "version_type": "external"}}
    body = _living(change, key) if isinstance(change, Document) else {"key": sound(key), "version": version}
    return orjson.dumps(header), orjson.dumps(body)


def id_of(key: str) -> str:
    """The key itself, or its hash where Elasticsearch would refuse it."""
    raw = key.encode("utf-8", "surrogatepass")
    if len(raw) <= _LONGEST_ID and sound(key) == key:
        return key
    return f"#{blake2b(raw, digest_size=20).hexdigest()}"


def _living(document: Document, key: str) -> dict[str, Any]:
    in_title = " ".join(title_words(document.title))
    return {
        "key": sound(key),
        "kind": document.kind,
        "version": document.version,
        "readers": sorted(sound(reader) for reader in document.readers),
        "club": document.club_id,
        "author": document.author_id,
        "at": millis(document.at),
        "fame": log2(2 + weight(document.popularity)),
        "title": in_title,
        "starts": in_title,
        "text": " ".join(words(document.text[:TEXT_LIMIT])),
        "source": kept(document),
    }
