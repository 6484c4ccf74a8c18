"""A wait that ends: by its event, by its time, and above all when it is told to."""

import asyncio

import pytest

from clubkit.waking import rung


async def test_the_event_ends_it_and_so_does_the_time() -> None:
    event = asyncio.Event()
    assert not await rung(event, 0.01)
    event.set()
    assert await rung(event, 60)


async def test_a_cancellation_in_the_same_moment_as_the_event_is_not_lost() -> None:
    event = asyncio.Event()
    waiting = asyncio.create_task(rung(event, 60))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    event.set()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
