"""Online features in Redis: per entity a hash of decayed sums, per member a sequence by event time.

One script per interaction keeps "seen before?" and the update together, so a fact that is delivered again after a
crash between Redis and the database counts once. What it does to a sum is `Decayed.plus`, in Lua; a test holds
both to the same numbers.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from clubkit.cache import Redis
from clubkit.contracts.features import Recent
from clubkit.contracts.interactions import MemberInteracted
from clubkit.ids import MemberId
from feature_store.definitions.schemas import COUNTERS, SEQUENCE_ACTIONS, SEQUENCE_LENGTH, Decayed, liking_of
from feature_store.online.models import MemberFeatures
from feature_store.online.store import OnlineStore

FORGOTTEN = "features:forgotten"
"""Per member: the time of the last interaction that she has had forgotten."""

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

    def __init__(self, redis: Redis, keys: "Keys | None" = None) -> None:
        self._redis = redis
        self._keys = keys or Keys()
        self._count: Any = redis.register_script(_COUNT)

    async def count(self, facts: Sequence[MemberInteracted]) -> None:
        await self._count_under(self._keys, facts)

    async def _count_under(self, names: "Keys", facts: Sequence[MemberInteracted]) -> None:
        async with self._redis.pipeline(transaction=False) as pipe:
            for fact in facts:
                keys, arguments = _call(names, fact)
                await self._count(keys=keys, args=arguments, client=pipe)
            await pipe.execute()

    async def windows(self, member_ids: Collection[MemberId]) -> Mapping[MemberId, tuple[Recent, ...]]:
        asked = list(member_ids)
        async with self._redis.pipeline(transaction=False) as pipe:
            for member_id in asked:
                pipe.zrange(self._keys.sequence(member_id), 0, -1)
            found = await pipe.execute()
        return {member_id: tuple(map(_recent, entries)) for member_id, entries in zip(asked, found, strict=True)}

    async def features(self, member_id: MemberId) -> MemberFeatures:
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hgetall(self._keys.member(member_id))
            pipe.zrange(self._keys.sequence(member_id), 0, -1)
            sums, entries = await pipe.execute()
        sequence = tuple(map(_recent, entries))
        counters = {name.decode(): _decayed(text) for name, text in sums.items()}
        return MemberFeatures(counters, sequence, sequence[-1].at if sequence else None)

    async def item_counter(self, name: str, item: str) -> Decayed | None:
        text = await self._redis.hget(self._keys.item(item), name)
        return _decayed(text) if text else None

    async def forget(self, member_id: MemberId) -> None:
        """What was counted until now stays forgotten, also when features are made anew from the log."""
        keys = self._keys
        if last := await self._redis.zrange(keys.seen(member_id), -1, -1, withscores=True):
            await self._redis.hset(FORGOTTEN, member_id, last[0][1])
        await self._redis.delete(keys.member(member_id), keys.sequence(member_id), keys.seen(member_id))


class OnlineBeside:
    """The online features kept a second time, from the log, under keys of their own."""

    port = OnlineStore

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._new = Keys("fs-new")
        self.adapter = _Remembering(redis, self._new)

    async def digest(self, *, live: bool) -> str:
        """Of all sums and sequences. Sums to nine places: their terms may have come in another order."""
        keys = Keys() if live else self._new
        seen = hashlib.sha256()
        for key in sorted([key async for key in self._redis.scan_iter(match=f"{keys.prefix}:*", count=1000)]):
            what = key.decode().removeprefix(f"{keys.prefix}:")
            seen.update(f"{what}={await self._contents(key, what)}\n".encode())
        return seen.hexdigest()

    async def swap(self) -> None:
        async with self._redis.pipeline(transaction=True) as pipe:
            new = {key async for key in self._redis.scan_iter(match="fs-new:*", count=1000)}
            async for key in self._redis.scan_iter(match="fs:*", count=1000):
                if b"fs-new:" + key.removeprefix(b"fs:") not in new:
                    pipe.delete(key)
            for key in new:
                pipe.rename(key, b"fs:" + key.removeprefix(b"fs-new:"))
            await pipe.execute()

    async def drop(self) -> None:
        for prefix in (self._new.prefix, GONE.prefix):
            async for key in self._redis.scan_iter(match=f"{prefix}:*", count=1000):
                await self._redis.delete(key)

    async def _contents(self, key: bytes, what: str) -> Any:
        if what.startswith(("seen:", "seq:")):
            return sorted(await self._redis.zrange(key, 0, -1, withscores=True))
        sums = {_text(name): _decayed(text) for name, text in (await self._redis.hgetall(key)).items()}
        return sorted((name, f"{sum_.value:.9g}", sum_.at) for name, sum_ in sums.items())


class _Remembering(RedisOnlineStore):
    """What a member has had forgotten counts for the items, as it does in the live store, and no longer for her."""

    async def count(self, facts: Sequence[MemberInteracted]) -> None:
        asked = list({fact.member_id for fact in facts})
        until = await self._redis.hmget(FORGOTTEN, asked) if asked else []
        gone = {member_id: float(at) for member_id, at in zip(asked, until, strict=True) if at}
        forgotten = [fact for fact in facts if fact.at.timestamp() <= gone.get(fact.member_id, 0.0)]
        await self._count_under(_Forgotten(self._keys.prefix), forgotten)
        await super().count([fact for fact in facts if fact.at.timestamp() > gone.get(fact.member_id, 0.0)])


@dataclass(frozen=True)
class Keys:
    prefix: str = "fs"

    def member(self, member_id: MemberId) -> str:
        return f"{self.prefix}:m:{member_id}"

    def sequence(self, member_id: MemberId) -> str:
        return f"{self.prefix}:seq:{member_id}"

    def seen(self, member_id: MemberId) -> str:
        return f"{self.prefix}:seen:{member_id}"

    def item(self, item: str) -> str:
        return f"{self.prefix}:i:{item}"


GONE = Keys("fs-gone")


class _Forgotten(Keys):
    """Items as ever; what is the member's lands where it is thrown away."""

    def member(self, member_id: MemberId) -> str:
        return GONE.member(member_id)

    def sequence(self, member_id: MemberId) -> str:
        return GONE.sequence(member_id)

    def seen(self, member_id: MemberId) -> str:
        return GONE.seen(member_id)


def _call(names: Keys, fact: MemberInteracted) -> tuple[list[str], list[str | float]]:
    keys = [names.seen(fact.member_id), names.sequence(fact.member_id)]
    entry = _entry(fact) if fact.action in SEQUENCE_ACTIONS else ""
    arguments: list[str | float] = [fact.fact_id, fact.at.timestamp(), SEQUENCE_LENGTH, SEEN_LENGTH, entry]
    for counter in COUNTERS:
        if weight := counter.weight_of(fact):
            member = counter.entity == "member"
            keys.append(names.member(fact.member_id) if member else names.item(counter.key_of(fact)))
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


def _text(raw: bytes | str) -> str:
    return raw.decode() if isinstance(raw, bytes) else raw


def _decayed(text: bytes | str) -> Decayed:
    value, at = _text(text).split("@")
    return Decayed(float(value), datetime.fromtimestamp(float(at), UTC))
