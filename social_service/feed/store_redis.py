"""What the feed keeps for a little while, in Redis. All of it may be lost: then a list is ranked anew."""

from collections.abc import Sequence

import structlog
from redis.exceptions import RedisError

from clubkit.cache import Redis
from clubkit.ids import MemberId, new_id

log = structlog.get_logger("feed")

LIST_SECONDS = 1800
VIEW_SECONDS = 86_400


class RedisRankedLists:
    """`RankedLists`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def keep(self, member_id: MemberId, entries: str) -> str | None:
        name = new_id()
        try:
            await self._redis.set(_list(member_id, name), entries, ex=LIST_SECONDS)
        except RedisError as failure:
            log.warning("a ranked list could not be kept", error=repr(failure))
            return None
        return name

    async def read(self, member_id: MemberId, name: str) -> str | None:
        try:
            kept = await self._redis.get(_list(member_id, name))
        except RedisError as failure:
            log.warning("a ranked list could not be read", error=repr(failure))
            return None
        return kept.decode() if isinstance(kept, bytes) else kept


class RedisSeenViews:
    """`SeenViews`. Fails open: without Redis a view may count twice."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def fresh(self, member_id: MemberId, view_ids: Sequence[str]) -> set[str]:
        distinct = list(dict.fromkeys(view_ids))
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                for view_id in distinct:
                    pipe.set(f"social:view:{member_id}:{view_id}", 1, ex=VIEW_SECONDS, nx=True)
                taken = await pipe.execute()
        except RedisError as failure:
            log.warning("views could not be told apart", error=repr(failure))
            return set(distinct)
        return {view_id for view_id, new in zip(distinct, taken, strict=True) if new}


def _list(member_id: MemberId, name: str) -> str:
    return f"social:ranked:{member_id}:{name}"
