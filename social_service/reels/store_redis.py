"""A ranked feed in Redis, for as long as somebody may page through it."""

from collections.abc import Sequence

import structlog
from pydantic import TypeAdapter
from redis.exceptions import RedisError

from clubkit.cache import Redis
from clubkit.contracts.ranking import Ranked
from clubkit.ids import MemberId, RankId

log = structlog.get_logger("reels")

SECONDS = 3600
_ITEMS: TypeAdapter[list[Ranked]] = TypeAdapter(list[Ranked])


class RedisRankedReels:
    """`RankedReels`. Without Redis, paging goes on with a fresh ranking."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def keep(self, member_id: MemberId, rank_id: RankId, items: Sequence[Ranked]) -> None:
        try:
            await self._redis.set(_key(member_id, rank_id), _ITEMS.dump_json(list(items)), ex=SECONDS)
        except RedisError as failure:
            log.warning("a ranked feed could not be kept", error=repr(failure))

    async def read(self, member_id: MemberId, rank_id: RankId) -> list[Ranked] | None:
        try:
            kept = await self._redis.get(_key(member_id, rank_id))
        except RedisError as failure:
            log.warning("a ranked feed could not be read", error=repr(failure))
            return None
        return _ITEMS.validate_json(kept) if kept else None


def _key(member_id: MemberId, rank_id: RankId) -> str:
    return f"social:reels:{member_id}:{rank_id}"
