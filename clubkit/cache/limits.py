"""Rate limits over Redis: the generic cell rate algorithm (GCRA), one key and one round trip per check."""

import time
from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import Depends, Request
from redis.exceptions import RedisError

from clubkit.cache import Redis
from clubkit.errors import TooMany
from clubkit.observability.metrics import limits_unchecked

log = structlog.get_logger("limits")

REST_SECONDS = 1.0
"""After Redis did not answer, calls are let through without asking for this long: members do not wait for it."""

# Answers microseconds to wait, 0 when the call may pass. Uses the server's clock, so all processes agree.
_GCRA = """
local now = redis.call('TIME'); now = now[1] * 1000000 + now[2]
local spacing, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local due = tonumber(redis.call('GET', KEYS[1]) or now)
if due < now then due = now end
local wait = due - burst - now
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.0f', due + spacing), 'PX', math.ceil((due + spacing - now) / 1000) + 1000)
return 0
"""


@dataclass(frozen=True)
class Rate:
    """`times` calls per `per` seconds, all of which may come at once."""

    times: int
    per: float


class Limits:
    """Counts calls. Fails open: when Redis is away, members are let through, and that is counted."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._script: Any = redis.register_script(_GCRA)
        self._rests_until = 0.0

    async def spend(self, name: str, who: str, rate: Rate) -> None:
        """Raises TooMany, with the seconds to wait, once `who` is over the rate."""
        wait = await self._ask(name, who, rate)
        if wait > 0:
            seconds = max(1, round(wait / 1e6))
            raise TooMany(f"That was a lot at once. Try again in {seconds} s.", retry_after=seconds)

    async def _ask(self, name: str, who: str, rate: Rate) -> int:
        """Microseconds to wait; 0 also when Redis is away."""
        spacing = rate.per / rate.times * 1e6
        arguments = [round(spacing), round(spacing * (rate.times - 1))]
        if time.monotonic() >= self._rests_until:
            try:
                return int(await self._script(keys=[f"limit:{name}:{who}"], args=arguments))
            except (RedisError, OSError) as failure:
                self._rests_until = time.monotonic() + REST_SECONDS
                log.warning("limits are not checked: Redis is away", error=repr(failure))
        limits_unchecked.labels(name).inc()
        return 0


def limited(name: str, rate: Rate) -> Any:
    """A route dependency that limits by client address."""

    async def check(request: Request) -> None:
        client = request.client.host if request.client else "unknown"
        await request.app.state.ports[Limits].spend(name, client, rate)

    return Depends(check)
