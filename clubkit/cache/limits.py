"""Rate limits over Redis: the generic cell rate algorithm (GCRA), one key and one round trip per check."""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request

from clubkit.cache import Redis
from clubkit.errors import TooMany

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
    """Counts calls. Fails open: when Redis is away, members are let through."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._script: Any = redis.register_script(_GCRA)

    async def spend(self, name: str, who: str, rate: Rate) -> None:
        """Raises TooMany, with the seconds to wait, once `who` is over the rate."""
        spacing = rate.per / rate.times * 1e6
        wait = int(
            await self._script(keys=[f"limit:{name}:{who}"], args=[round(spacing), round(spacing * (rate.times - 1))])
        )
        if wait > 0:
            seconds = max(1, round(wait / 1e6))
            raise TooMany(f"That was a lot at once. Try again in {seconds} s.", retry_after=seconds)


def limited(name: str, rate: Rate) -> Any:
    """A route dependency that limits by client address."""

    async def check(request: Request) -> None:
        client = request.client.host if request.client else "unknown"
        await request.app.state.ports[Limits].spend(name, client, rate)

    return Depends(check)
