"""Online features in Redis: per entity a hash of decayed sums, per member a sequence by event time.

One script per interaction keeps "seen before?" and the update together, so a fact that is delivered again after a
crash between Redis and the database counts once. What it does to a sum is `Decayed.plus`, in Lua; a test holds
both to the same numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from clubkit.cache import Redis
from clubkit.contracts.features import Recent
from clubkit.contracts.interactions import MemberInteracted
from clubkit.ids import MemberId
from feature_store.definitions.schemas import COUNTERS, SEQUENCE_ACTIONS, SEQUENCE_LENGTH, Decayed, liking_of
from feature_store.online.models import MemberFeatures

SEEN_LENGTH = 400
"""Fact ids remembered per member. A redelivery comes within one batch, far sooner than this."""

# KEYS: seen, sequence, then one hash per counter. ARGV: fact id, event time (s), sequence length, seen length,
# sequence entry ('' for none), then name, weight, half-life (s) per counter.
_COUNT = """
local t = tonumber(ARGV[2])
if redis.call('ZADD', KEYS[1], 'NX', t, ARGV[1]) == 0 then return 0 end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -tonumber(ARGV[4]) - 1)
if ARGV[5] ~= '' then
  redis.call('ZADD', KEYS[2], t, ARGV[5])
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -tonumber(ARGV[3]) - 1)
end
for i = 3, #KEYS do
  local at = 6 + (i - 3) * 3
  local name, weight, half = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local old = redis.call('HGET', KEYS[i], name)
  local value, when = weight, t
  if old then
    local split = string.find(old, '@')
    local v0, t0 = tonumber(string.sub(old, 1, split - 1)), tonumber(string.sub(old, split + 1))
    if t >= t0 then value = v0 * 2 ^ (-(t - t0) / half) + weight
    else value = v0 + weight * 2 ^ (-(t0 - t) / half); when = t0 end
  end
  redis.call('HSET', KEYS[i], name, string.format('%.17g@%.6f', value, when))
end
return 1
"""


class RedisOnlineStore:
    """`OnlineStore` over Redis or Valkey."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._count: Any = redis.register_script(_COUNT)

    async def count(self, facts: Sequence[MemberInteracted]) -> None:
        async with self._redis.pipeline(transaction=False) as pipe:
            for fact in facts:
                keys, arguments = _call(fact)
                await self._count(keys=keys, args=arguments, client=pipe)
            await pipe.execute()

    async def windows(self, member_ids: Collection[MemberId]) -> Mapping[MemberId, tuple[Recent, ...]]:
        asked = list(member_ids)
        async with self._redis.pipeline(transaction=False) as pipe:
            for member_id in asked:
                pipe.zrange(_sequence_key(member_id), 0, -1)
            found = await pipe.execute()
        return {member_id: tuple(map(_recent, entries)) for member_id, entries in zip(asked, found, strict=True)}

    async def features(self, member_id: MemberId) -> MemberFeatures:
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hgetall(_member_key(member_id))
            pipe.zrange(_sequence_key(member_id), 0, -1)
            sums, entries = await pipe.execute()
        sequence = tuple(map(_recent, entries))
        counters = {name.decode(): _decayed(text) for name, text in sums.items()}
        return MemberFeatures(counters, sequence, sequence[-1].at if sequence else None)

    async def item_counter(self, name: str, item: str) -> Decayed | None:
        text = await self._redis.hget(f"fs:i:{item}", name)
        return _decayed(text) if text else None

    async def forget(self, member_id: MemberId) -> None:
        await self._redis.delete(_member_key(member_id), _sequence_key(member_id), f"fs:seen:{member_id}")


def _call(fact: MemberInteracted) -> tuple[list[str], list[str | float]]:
    keys = [f"fs:seen:{fact.member_id}", _sequence_key(fact.member_id)]
    entry = _entry(fact) if fact.action in SEQUENCE_ACTIONS else ""
    arguments: list[str | float] = [fact.fact_id, fact.at.timestamp(), SEQUENCE_LENGTH, SEEN_LENGTH, entry]
    for counter in COUNTERS:
        if weight := counter.weight_of(fact):
            member = counter.entity == "member"
            keys.append(_member_key(fact.member_id) if member else f"fs:i:{counter.key_of(fact)}")
            arguments += [counter.name, weight, counter.half_life.total_seconds()]
    return keys, arguments


def _entry(fact: MemberInteracted) -> str:
    # The fact's id makes each entry its own member of the sorted set.
    values = [fact.kind, fact.item_id, fact.action, liking_of(fact), fact.at.timestamp(), fact.club_id, fact.fact_id]
    return orjson.dumps(values).decode()


def _recent(entry: bytes) -> Recent:
    kind, item_id, action, weight, at, club_id, _ = orjson.loads(entry)
    moment = datetime.fromtimestamp(at, UTC)
    return Recent(kind=kind, item_id=item_id, action=action, weight=weight, at=moment, club_id=club_id)


def _decayed(text: bytes | str) -> Decayed:
    value, at = (text.decode() if isinstance(text, bytes) else text).split("@")
    return Decayed(float(value), datetime.fromtimestamp(float(at), UTC))


def _member_key(member_id: MemberId) -> str:
    return f"fs:m:{member_id}"


def _sequence_key(member_id: MemberId) -> str:
    return f"fs:seq:{member_id}"
