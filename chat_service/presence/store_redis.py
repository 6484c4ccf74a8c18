"""Presence in Redis, a set of members per process: what it costs grows with changes, not with sockets or heartbeats.

`presence:nodes` says when each process was last heard of; `presence:on:<node>` who is on it. Both go by themselves.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from chat_service.presence.store import Changes, Rooms
from clubkit.cache import Redis
from clubkit.cache.errors import REDIS_AWAY
from clubkit.ids import MemberId, new_id
from clubkit.waking import rung

SILENCE = timedelta(seconds=30)
"""A process that was not heard of for this long has died; it says that it lives three times as often."""
NODES = "presence:nodes"


class RedisPresence:
    """`PresenceStore`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._node = new_id()
        self._sockets: Counter[MemberId] = Counter()
        self._moved: dict[MemberId, Rooms] = {}
        """Who came or went here since the last time this was shared."""
        self._shared: set[MemberId] = set()
        self._others: set[str] = set()
        self._news = asyncio.Event()

    def arrive(self, member_id: MemberId, rooms: Rooms) -> None:
        self._sockets[member_id] += 1
        if self._sockets[member_id] == 1:
            self._note(member_id, rooms)

    def depart(self, member_id: MemberId, rooms: Rooms) -> None:
        self._sockets[member_id] -= 1
        if self._sockets[member_id] <= 0:
            del self._sockets[member_id]
            self._note(member_id, rooms)

    def _note(self, member_id: MemberId, rooms: Rooms) -> None:
        self._moved[member_id] = rooms
        self._news.set()

    async def changed(self, within: float) -> None:
        await rung(self._news, within)

    async def share(self, now: datetime) -> Changes:
        self._news.clear()
        moved, self._moved = self._moved, {}
        came = [m for m in moved if m in self._sockets and m not in self._shared]
        went = [m for m in moved if m not in self._sockets and m in self._shared]
        try:
            others = await self._write(came, went, now)
            elsewhere = await self._among(others, [*came, *went])
        except REDIS_AWAY:
            self._moved = moved | self._moved
            raise
        self._shared = (self._shared | set(came)) - set(went)
        unknown, self._others = bool(self._others - others), others
        return Changes(
            {m: moved[m] for m in came if m not in elsewhere},
            {m: moved[m] for m in went if m not in elsewhere},
            unknown,
        )

    async def leave(self) -> None:
        with contextlib.suppress(*REDIS_AWAY):
            await self._redis.zrem(NODES, self._node)
            await self._redis.delete(_on(self._node))

    async def here(self, member_ids: Collection[MemberId], now: datetime) -> set[MemberId]:
        others = _decoded(await self._redis.zrangebyscore(NODES, _horizon(now), "+inf")) - {self._node}
        return {m for m in member_ids if m in self._sockets} | await self._among(others, list(member_ids))

    async def _write(self, came: Sequence[MemberId], went: Sequence[MemberId], now: datetime) -> set[str]:
        """The other living processes."""
        mine = _on(self._node)
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.zadd(NODES, {self._node: now.timestamp()})
            pipe.zremrangebyscore(NODES, "-inf", (now - 2 * SILENCE).timestamp())
            if went:
                pipe.srem(mine, *went)
            pipe.expire(mine, 2 * SILENCE)
            pipe.zrangebyscore(NODES, _horizon(now), "+inf")
            *_, still_there, nodes = await pipe.execute()
        # A Redis that was emptied gets all of them again, not only who is new.
        to_add = came if still_there else [m for m in {*self._shared, *came} if m in self._sockets]
        if to_add:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.sadd(mine, *to_add)
                pipe.expire(mine, 2 * SILENCE)
                await pipe.execute()
        return _decoded(nodes) - {self._node}

    async def _among(self, nodes: Collection[str], members: Sequence[MemberId]) -> set[MemberId]:
        """Those who are on any of these processes."""
        if not nodes or not members:
            return set()
        async with self._redis.pipeline(transaction=False) as pipe:
            for node in nodes:
                pipe.smismember(_on(node), list(members))
            answers = await pipe.execute()
        return {member for answer in answers for member, there in zip(members, answer, strict=True) if there}


def _on(node: str) -> str:
    return f"presence:on:{node}"


def _horizon(now: datetime) -> float:
    return (now - SILENCE).timestamp()


def _decoded(names: Collection[Any]) -> set[str]:
    return {name.decode() if isinstance(name, bytes) else name for name in names}
