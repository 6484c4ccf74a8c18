"""The `Ranker` of another process, asked over HTTP within a budget. It raises when late; the feed knows what to do."""

import asyncio
from datetime import datetime

import httpx

from clubkit.contracts.interactions import Surface
from clubkit.contracts.ranking import RankedKind, Ranking, RankingAsked
from clubkit.ids import MemberId

PATH = "/internal/rankings"


class HttpRanker:
    """`recommender`: a client of its address that carries the internal token. budget: seconds."""

    def __init__(self, recommender: httpx.AsyncClient, *, budget: float) -> None:
        self._recommender = recommender
        self._budget = budget

    async def rank(
        self, member_id: MemberId, kind: RankedKind, *, limit: int, now: datetime, surface: Surface = "for_you"
    ) -> Ranking:
        """Raises TimeoutError past the budget, httpx.HTTPError when the recommender is away or refuses."""
        asked = RankingAsked(member_id=member_id, kind=kind, limit=limit, now=now, surface=surface)
        async with asyncio.timeout(self._budget):
            answer = await self._recommender.post(PATH, content=asked.model_dump_json())
        answer.raise_for_status()
        return Ranking.model_validate_json(answer.content)
