"""A process that ends stops hearing at once, in whatever moment it is told to."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from clubkit.adapters.wire_redis import RedisWire
from clubkit.cache import Redis


class NoSockets:
    """A socket server without anybody on it."""

    def watch(self, changed: Callable[[str, bool], None]) -> None:
        """Nobody comes."""


@pytest.mark.parametrize("turns", range(0, 60, 3))
async def test_the_wire_ends_when_it_is_told_to_while_it_connects(valkey_url: str, turns: int) -> None:
    redis = Redis.from_url(valkey_url)
    local: Any = NoSockets()
    listening = asyncio.create_task(RedisWire(redis, local, alone=False).listen())
    for _ in range(turns):
        await asyncio.sleep(0)
    listening.cancel()
    _, running = await asyncio.wait({listening}, timeout=5)
    await redis.aclose()
    assert not running
