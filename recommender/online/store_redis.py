"""Embeddings and shown rankings in Redis."""

from collections.abc import Mapping
from zlib import compress, decompress

import numpy as np

from clubkit.cache import Redis
from clubkit.contracts.ranking import RankedKind, Ranking
from clubkit.ids import MemberId, RankId
from recommender.catalogue.schemas import Floats

EMBEDDING_SECONDS = 30 * 86_400
SHOWN_SECONDS = 3 * 86_400


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
        packed = compress(ranking.model_dump_json().encode(), level=1)  # sentences repeat: a sixth of the size
        await self._redis.set(f"rec:list:{ranking.rank_id}", packed, ex=SHOWN_SECONDS)

    async def shown(self, rank_id: RankId) -> Ranking | None:
        packed: bytes | None = await self._redis.get(f"rec:list:{rank_id}")  # type: ignore[assignment]
        return Ranking.model_validate_json(decompress(packed)) if packed else None
