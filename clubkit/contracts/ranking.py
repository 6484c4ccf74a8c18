"""The `Ranker` port: which items for this member now, and why."""

from datetime import datetime
from typing import Literal, Protocol

from pydantic import Field

from clubkit.contracts.base import Contract
from clubkit.contracts.interactions import Surface
from clubkit.ids import MemberId, RankId

RankedKind = Literal["event", "reel", "pick"]
ReasonCode = Literal[
    "because_you", "sequence", "clubmates_going", "your_club", "near_and_soon", "popular", "fresh", "explore", "similar"
]


class Reason(Contract):
    """Why an item stands where it stands, from the model's own contributions."""

    code: ReasonCode
    text: str = Field(description="a sentence a member can read, in English; the app may translate by code")
    item_ids: tuple[str, ...] = Field((), description="the past items that contributed most, strongest first")


class Ranked(Contract):
    item_id: str
    kind: RankedKind
    score: float
    reason: Reason
    propensity: float | None = Field(None, description="set on the exploration slot: its chance of being shown")


class Ranking(Contract):
    rank_id: RankId
    model_version: str
    items: tuple[Ranked, ...]
    degraded: str | None = Field(None, description="a sentence when this is a fallback, else null")


class RankingAsked(Contract):
    """What one process asks another's `Ranker`."""

    member_id: MemberId
    kind: RankedKind
    limit: int = Field(ge=1, le=500)
    now: datetime
    surface: Surface = "for_you"


class Ranker(Protocol):
    async def rank(
        self, member_id: MemberId, kind: RankedKind, *, limit: int, now: datetime, surface: Surface = "for_you"
    ) -> Ranking:
        """The best `limit` items of one kind the member may see, best first."""
        ...
