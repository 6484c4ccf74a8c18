"""Sessions in Redis: a record per session under its own time to live, and a sorted set of ids per member."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from redis.exceptions import RedisError

from auth_service.sessions.models import LONGEST, Session
from clubkit.cache import Redis
from clubkit.errors import Unavailable
from clubkit.ids import MemberId

_RECORD = TypeAdapter(Session)

# Compare and set: the record is replaced only while it is the version before. Never brings a removed one back.
_REPLACE = """
local stored = redis.call('GET', KEYS[1])
if not stored or cjson.decode(stored)['version'] ~= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""


class RedisSessionStore:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._replace: Any = redis.register_script(_REPLACE)

    async def add(self, session: Session, *, keep: timedelta) -> None:
        with _reachable():
            index = _index(session.member_id)
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.set(_key(session.id), _RECORD.dump_json(session), px=keep, nx=True)
                pipe.zadd(index, {session.id: session.created_at.timestamp()})
                pipe.pexpire(index, LONGEST)
                await pipe.execute()

    async def get(self, session_id: str) -> Session | None:
        with _reachable():
            stored = await self._redis.get(_key(session_id))
        return _RECORD.validate_json(stored) if stored else None

    async def replace(self, session: Session, *, keep: timedelta) -> bool:
        milliseconds = max(1, round(keep.total_seconds() * 1000))
        with _reachable():
            arguments = [session.version - 1, _RECORD.dump_json(session), milliseconds]
            return bool(await self._replace(keys=[_key(session.id)], args=arguments))

    async def remove(self, session: Session) -> bool:
        with _reachable():
            removed = await self._redis.delete(_key(session.id))
            await self._redis.zrem(_index(session.member_id), session.id)
        return bool(removed)

    async def of(self, member_id: MemberId, *, now: datetime) -> Sequence[Session]:
        with _reachable():
            await self._redis.zremrangebyscore(_index(member_id), "-inf", (now - LONGEST).timestamp())
            raw_ids: list[Any] = await self._redis.zrange(_index(member_id), 0, -1)
            ids = [raw.decode() for raw in raw_ids]
            stored = await self._redis.mget([_key(session_id) for session_id in ids]) if ids else []
            if lapsed := [id_ for id_, record in zip(ids, stored, strict=True) if record is None]:
                await self._redis.zrem(_index(member_id), *lapsed)
        sessions = [_RECORD.validate_json(record) for record in stored if record is not None]
        return sorted(sessions, key=lambda session: session.last_used_at, reverse=True)


def _key(session_id: str) -> str:
    return f"auth:session:{session_id}"


def _index(member_id: MemberId) -> str:
    return f"auth:sessions:{member_id}"


class _reachable:  # noqa: N801  reads as a phrase: with _reachable()
    """Turns a Redis that is away into an outcome a member can read."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, RedisError):
            raise Unavailable(
                "Signing in is not possible just now. Please try again in a moment.", retry_after=3
            ) from error
