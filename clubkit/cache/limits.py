"""Rate limits over Redis: the generic cell rate algorithm (GCRA), one key and one round trip per check."""

import time
from collections.abc import Sequence
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

# Answers for each call the microseconds to wait, 0 when it may pass. Uses the server's clock, so all processes agree.
_GCRA = """
local now = redis.call('TIME'); now = now[1] * 1000000 + now[2]
local spacing, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local waits = {}
for i, key in ipairs(KEYS) do
  local due = tonumber(redis.call('GET', key) or now)
  if due < now then due = now end
  local wait = due - burst - now
  if wait > 0 then
    waits[i] = wait
  else
    local left = math.ceil((due + spacing - now) / 1000) + 1000
    redis.call('SET', key, string.format('%.0f', due + spacing), 'PX', left)
    waits[i] = 0
  end
end
return waits
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
        [refusal] = await self.spend_all(name, [who], rate)
        if refusal:
            raise refusal

    async def spend_all(self, name: str, each: Sequence[str], rate: Rate) -> list[TooMany | None]:
        """As `spend` for each in turn, who may be the same more than once: what it would raise. One round trip."""
        return [_refusal(wait) if wait > 0 else None for wait in await self._ask(name, each, rate)]

    async def _ask(self, name: str, each: Sequence[str], rate: Rate) -> Sequence[int]:
        """Microseconds to wait; 0 also when Redis is away."""
        spacing = rate.per / rate.times * 1e6
        arguments = [round(spacing), round(spacing * (rate.times - 1))]
        if time.monotonic() >= self._rests_until:
            try:
                return await self._script(keys=[f"limit:{name}:{who}" for who in each], args=arguments)  # type: ignore[no-any-return]
            except (RedisError, OSError) as failure:
                self._rests_until = time.monotonic() + REST_SECONDS
                log.warning("limits are not checked: Redis is away", error=repr(failure))
        limits_unchecked.labels(name).inc(len(each))
        return [0] * len(each)


def _refusal(wait: int) -> TooMany:
    seconds = max(1, round(wait / 1e6))
    return TooMany(f"That was a lot at once. Try again in {seconds} s.", retry_after=seconds)


def limited(name: str, rate: Rate) -> Any:
    """A route dependency that limits by client address."""

    async def check(request: Request) -> None:
        client = request.client.host if request.client else "unknown"
        await request.app.state.ports[Limits].spend(name, client, rate)

    return Depends(check)
