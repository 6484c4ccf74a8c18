"""How a document lies in a tantivy index, and how it comes back.

Words are folded by `clubkit.search.words` before they get here, so the index only splits at spaces.
"""

from typing import Any

import orjson
import tantivy

from clubkit.search.keeping import TEXT_LIMIT, Kept, kept, key_of, millis, weight
from clubkit.search.port import Document
from clubkit.search.words import title_words, words

LAYOUT = 1
"""Raise it with any change here: an index of another layout is thrown away and rebuilt."""

SHORT_PREFIX = 3
"""Prefixes up to this length are terms of their own, as one letter would open half the dictionary."""


def schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "readers", "club", "author", "state"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "text", "starts"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("source", stored=True)
    builder.add_integer_field("version", fast=True)
    builder.add_integer_field("at", fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


def living(document: Document) -> Any:
    """The index form of a document."""
    row = _row(key_of(document.kind, document.id), document.version, "living")
    in_title = title_words(document.title)
    row.add_text("kind", document.kind)
    row.add_text("title", " ".join(in_title))
    row.add_text("starts", " ".join({w[:n] for w in in_title for n in range(1, SHORT_PREFIX + 1)}))
    row.add_text("text", " ".join(words(document.text[:TEXT_LIMIT])))
    for reader in document.readers:
        row.add_text("readers", reader)
    if document.club_id is not None:
        row.add_text("club", document.club_id)
    if document.author_id is not None:
        row.add_text("author", document.author_id)
    row.add_integer("at", millis(document.at))
    # tantivy multiplies a score by log2(2 + weight), so fame at most doubles it.
    row.add_float("weight", weight(document.popularity))
    row.add_bytes("source", orjson.dumps(kept(document)))
    return row


def tombstone(key: str, version: int) -> Any:
    """What stays of a deleted thing: its version, so that a late older one cannot bring it back."""
    row = _row(key, version, "gone")
    row.add_bytes("source", b"")
    return row


def stored(row: Any) -> Kept:
    """What a living row keeps of its document."""
    source: Kept = orjson.loads(bytes(row.get_first("source")))
    return source


def _row(key: str, version: int, state: str) -> Any:
    row = tantivy.Document()
    row.add_text("key", key)
    row.add_text("state", state)
    row.add_integer("version", version)
    return row
