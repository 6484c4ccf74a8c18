"""Presence in Redis: per member a sorted set of sockets by the time they were last heard of."""

from collections.abc import Collection
from datetime import datetime, timedelta

from clubkit.cache import Redis
from clubkit.ids import MemberId

SILENCE = timedelta(seconds=75)
"""A socket not heard of for this long has died with its process; the heartbeat comes three times as often."""


class RedisPresence:
    """`PresenceStore`. The set's key expires with its last socket, so nothing is left behind."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def arrive(self, member_id: MemberId, sid: str, now: datetime) -> bool:
        return await self._touch(member_id, sid, now) == 0

    async def renew(self, member_id: MemberId, sid: str, now: datetime) -> None:
        await self._touch(member_id, sid, now)

    async def depart(self, member_id: MemberId, sid: str, now: datetime) -> bool:
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zrem(_key(member_id), sid)
            pipe.zcount(_key(member_id), _horizon(now), "+inf")
            _, left = await pipe.execute()
        return int(left) == 0

    async def here(self, member_ids: Collection[MemberId], now: datetime) -> set[MemberId]:
        asked = list(member_ids)
        async with self._redis.pipeline(transaction=False) as pipe:
            for member_id in asked:
                pipe.zcount(_key(member_id), _horizon(now), "+inf")
            counts = await pipe.execute()
        return {member_id for member_id, count in zip(asked, counts, strict=True) if count}

    async def _touch(self, member_id: MemberId, sid: str, now: datetime) -> int:
        """How many other living sockets the member has."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zremrangebyscore(_key(member_id), "-inf", f"({_horizon(now)}")
            pipe.zadd(_key(member_id), {sid: now.timestamp()})
            pipe.zcard(_key(member_id))
            pipe.expire(_key(member_id), SILENCE)
            _, _, size, _ = await pipe.execute()
        return int(size) - 1


def _key(member_id: MemberId) -> str:
    return f"presence:{member_id}"


def _horizon(now: datetime) -> float:
    return (now - SILENCE).timestamp()
