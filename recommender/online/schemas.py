"""The wire shapes of recommendations."""

from typing import Any

from clubkit.contracts.base import Contract
from clubkit.contracts.ranking import RankedKind, Reason
from clubkit.ids import RankId


class FeedChanged(Contract):
    """What a member did has moved her ranking: the app may offer "new for you"."""

    kinds: tuple[RankedKind, ...]
    model_version: str


class Recommended(Contract):
    id: str
    kind: RankedKind
    score: float
    reason: Reason
    rank_id: RankId
    card: dict[str, Any]


class Recommendations(Contract):
    """Best first. `degraded` says so when this is not the ranking it should be."""

    data: tuple[Recommended, ...]
    rank_id: RankId
    model_version: str
    degraded: str | None


class ModelStatus(Contract):
    """Which model serves, what it was trained on, and what it is worth."""

    version: str
    is_warm: bool
    items: dict[str, int]
    manifest: dict[str, Any] | None
