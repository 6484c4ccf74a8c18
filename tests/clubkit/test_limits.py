"""Rate limits, and what becomes of them when Redis is away."""

import socket
import time

import pytest
from prometheus_client import REGISTRY

from clubkit.cache import Redis
from clubkit.cache.limits import Limits, Rate
from clubkit.errors import TooMany
from clubkit.ids import new_id

ONCE = Rate(times=1, per=60)


@pytest.fixture
def nobody_there() -> str:
    """The URL of a Redis that has gone."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"redis://127.0.0.1:{listener.getsockname()[1]}"


def unchecked(name: str) -> float:
    return REGISTRY.get_sample_value("hub_limits_unchecked_total", {"limit": name}) or 0.0


async def test_who_is_over_the_rate_is_told_how_long_to_wait(valkey_url: str) -> None:
    async with Redis.from_url(valkey_url) as redis:
        limits, who = Limits(redis), new_id()
        await limits.spend("test", who, ONCE)
        with pytest.raises(TooMany) as refused:
            await limits.spend("test", who, ONCE)
    assert refused.value.retry_after is not None
    assert 50 < refused.value.retry_after <= 60


async def test_when_redis_is_away_members_are_let_through_and_that_is_counted(nobody_there: str) -> None:
    name = new_id()
    async with Redis.from_url(nobody_there) as redis:
        limits = Limits(redis)
        for _ in range(3):
            await limits.spend(name, "anna", ONCE)
    assert unchecked(name) == 3


async def test_only_the_first_call_waits_for_a_redis_that_is_away(nobody_there: str) -> None:
    asked = 0
    async with Redis.from_url(nobody_there) as redis:
        limits = Limits(redis)
        ask = limits._script

        async def count(**arguments: object) -> object:
            nonlocal asked
            asked += 1
            return await ask(**arguments)

        limits._script = count
        until = time.monotonic() + 60
        limits._rests_until = 0
        await limits.spend("test", "anna", ONCE)
        limits._rests_until = until
        await limits.spend("test", "anna", ONCE)
    assert asked == 1
