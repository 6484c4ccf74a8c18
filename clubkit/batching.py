"""A stream in pieces."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import TypeVar

T = TypeVar("T")


async def batched(stream: AsyncIterable[T], size: int) -> AsyncIterator[list[T]]:
    """The stream's things in order, `size` at a time; the last batch may be smaller, none is empty."""
    batch: list[T] = []
    async for one in stream:
        batch.append(one)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
