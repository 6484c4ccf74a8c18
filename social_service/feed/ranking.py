"""Asking the ranker, within a budget. When it is away, slow or broken the feed goes on without it, and says so."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from clubkit.contracts.ranking import RankedKind, Ranker, Ranking
from clubkit.ids import MemberId
from social_service.settings import RankBudget

log = structlog.get_logger("feed")

WANTED: Mapping[RankedKind, int] = {"event": 40, "reel": 24, "pick": 12}
SWITCHED_OFF = "You switched personal ranking off, so this is newest first."
AWAY = "Personal ranking is taking a break, so this is newest first."


@dataclass(frozen=True)
class Rankings:
    """What was ranked, by kind; `degraded` is the sentence for what was not."""

    by_kind: Mapping[RankedKind, Ranking]
    degraded: str | None


async def rankings(
    ranker: Ranker | None, member_id: MemberId, *, now: datetime, wanted: bool, budget: RankBudget
) -> Rankings:
    """All kinds at once, within the budget. `wanted` False: the member switched it off, nobody is asked."""
    if not wanted:
        return Rankings({}, SWITCHED_OFF)
    if ranker is None:
        return Rankings({}, AWAY)
    try:
        async with asyncio.timeout(budget.seconds):
            asked = (ranker.rank(member_id, kind, limit=limit, now=now) for kind, limit in WANTED.items())
            answers = await asyncio.gather(*asked)
    except Exception as failure:  # noqa: BLE001  whatever is wrong with the ranker, the feed must come
        log.warning("ranking failed, newest first instead", error=repr(failure))
        return Rankings({}, AWAY)
    by_kind = dict(zip(WANTED, answers, strict=True))
    return Rankings(by_kind, next((answer.degraded for answer in answers if answer.degraded), None))
