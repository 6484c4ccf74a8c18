"""Facts published by feature_store."""

from datetime import datetime, timedelta

from clubkit.contracts.base import Contract, Fact
from clubkit.contracts.interactions import Action, ItemKind
from clubkit.ids import ClubId, MemberId


class Recent(Contract):
    """One interaction in a member's window; `weight` is what the action says about liking (negative: less)."""

    kind: ItemKind
    item_id: str
    action: Action
    weight: float
    at: datetime
    club_id: ClubId | None = None


class MemberWindowChanged(Fact, topic="features.members", key="member_id", keep=timedelta(days=30), urgent=True):
    """A member's last interactions, oldest first (at most 100), after one more was counted."""

    member_id: MemberId
    window: tuple[Recent, ...]
    caused_by: str
