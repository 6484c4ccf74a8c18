"""Bulk writing with patience: what is refused for being too much is sent again, what is old news is let go."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from itertools import count
from typing import Any, TypeVar

import orjson
from elasticsearch import ApiError, AsyncElasticsearch, NotFoundError, TransportError

from clubkit.adapters.search_elastic_layout import Change, lines

TRIES = 7
"""With the waits between them about six seconds."""
PIECE_BYTES = 8_000_000
_BUSY = {429, 502, 503, 504}
_DONE = {200, 201, 409}
"""409: a version as new is there already."""

T = TypeVar("T")
Line = tuple[bytes, bytes]


class Refused(Exception):  # noqa: N818  an outcome inside the adapter
    """Elasticsearch took some of it and will not take the rest."""


async def write(client: AsyncElasticsearch, target: str, changes: Sequence[Change], *, refresh: bool) -> None:
    """Writes all into the index behind the alias `target`. Raises NotFoundError when it is gone, Refused, ApiError,
    TransportError."""
    encoded = await asyncio.to_thread(lambda: [lines(change) for change in changes])
    for piece in _pieces(encoded):
        await _persist(client, target, piece, refresh=refresh)


async def patiently(do: Callable[[], Awaitable[T]]) -> T:
    """Does it again for some seconds while the server has too much to do, or cannot be reached."""
    for attempt in count(1):
        try:
            return await do()
        except (ApiError, TransportError) as failure:
            if attempt == TRIES or (isinstance(failure, ApiError) and failure.status_code not in _BUSY):
                raise
        await _pause(attempt)
    raise AssertionError  # count has no end


async def _persist(client: AsyncElasticsearch, target: str, piece: list[Line], *, refresh: bool) -> None:
    left = piece
    for attempt in range(1, TRIES + 1):
        left = await patiently(partial(_send, client, target, left, refresh=refresh))
        if not left:
            return
        await _pause(attempt)
    raise Refused(f"{len(left)} changes were refused for {TRIES} times")


async def _pause(attempt: int) -> None:
    await asyncio.sleep(0.05 * 2**attempt * random.uniform(0.5, 1.0))


async def _send(client: AsyncElasticsearch, target: str, piece: list[Line], *, refresh: bool) -> list[Line]:
    """Answers what has to be sent again."""
    # An alias is asked for, so that a write that comes late cannot bring a removed index back to life.
    operations: list[Any] = [part for line in piece for part in line]  # bytes, which the client sends as they are
    answer = await client.bulk(
        index=target, operations=operations, require_alias=True, refresh=refresh,
        filter_path="errors,items.index.status,items.index.error.type",
    )  # fmt: skip
    if not answer["errors"]:
        return []
    items: list[dict[str, Any]] = [item["index"] for item in answer["items"]]
    if any(item["status"] == 404 for item in items):
        raise NotFoundError("index_not_found", answer.meta, answer.body)
    if other := [item for item in items if item["status"] not in _DONE | _BUSY]:
        raise Refused(orjson.dumps(other[0]).decode())
    return [line for line, item in zip(piece, items, strict=True) if item["status"] in _BUSY]


def _pieces(encoded: list[Line]) -> Iterator[list[Line]]:
    piece: list[Line] = []
    size = 0
    for line in encoded:
        piece.append(line)
        size += len(line[0]) + len(line[1])
        if size >= PIECE_BYTES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
