"""How far a rebuild is, in Redis. It goes out by itself when the process that tells it dies."""

from clubkit.cache import Redis

KEY = "social:search:rebuild"
SECONDS = 120


class RedisRebuildProgress:
    """`RebuildProgress`."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def tell(self, documents: int, stage: str) -> None:
        await self._redis.set(KEY, f"{documents} {stage}", ex=SECONDS)

    async def read(self) -> tuple[int, str] | None:
        told = await self._redis.get(KEY)
        if told is None:
            return None
        documents, _, stage = (told.decode() if isinstance(told, bytes) else told).partition(" ")
        return int(documents), stage

    async def end(self) -> None:
        await self._redis.delete(KEY)
