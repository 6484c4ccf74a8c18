"""Embeddings and shown rankings in Redis."""

from collections.abc import Mapping

import numpy as np

from clubkit.cache import Redis
from clubkit.contracts.ranking import RankedKind, Ranking
from clubkit.ids import MemberId, RankId
from recommender.catalogue.schemas import Floats

EMBEDDING_SECONDS = 30 * 86_400
SHOWN_SECONDS = 14 * 86_400


class RedisOnlineStore:
    """`OnlineStore` over Redis or Valkey."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def put_embeddings(self, version: str, vectors: Mapping[tuple[MemberId, RankedKind], Floats]) -> None:
        async with self._redis.pipeline(transaction=False) as pipe:
            for (member_id, kind), vector in vectors.items():
                value = version.encode() + b"\n" + vector.astype("<f4").tobytes()
                pipe.set(f"rec:emb:{kind}:{member_id}", value, ex=EMBEDDING_SECONDS)
            await pipe.execute()

    async def embedding(self, member_id: MemberId, kind: RankedKind) -> tuple[str, Floats] | None:
        value: bytes | None = await self._redis.get(f"rec:emb:{kind}:{member_id}")  # type: ignore[assignment]
        if value is None:
            return None
        version, _, raw = value.partition(b"\n")
        return version.decode(), np.frombuffer(raw, "<f4").astype(np.float32)

    async def remember(self, member_id: MemberId, ranking: Ranking) -> None:
        await self._redis.set(f"rec:shown:{ranking.rank_id}", ranking.model_dump_json(), ex=SHOWN_SECONDS)

    async def shown(self, rank_id: RankId) -> Ranking | None:
        value = await self._redis.get(f"rec:shown:{rank_id}")
        return Ranking.model_validate_json(value) if value else None
