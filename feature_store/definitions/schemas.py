"""What a feature is, and which there are. Adding one here is all it takes: online and offline compute it alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from clubkit.contracts.interactions import Action, ItemKind, MemberInteracted

Entity = Literal["member", "item"]


@dataclass(frozen=True, slots=True)
class Counter:
    """An exponentially decayed sum: each interaction adds `weight`, halved every `half_life`.

    The sum over interactions of weight · 2^(−age / half_life), as of the newest interaction counted. It does not
    depend on the order in which they come, so late ones are simply added (Cormode et al. 2009, forward decay).
    """

    name: str
    entity: Entity
    half_life: timedelta
    weights: dict[Action, float]
    kinds: frozenset[ItemKind]

    def weight_of(self, fact: MemberInteracted) -> float:
        """What this interaction adds; 0 when it does not count here."""
        if fact.kind not in self.kinds:
            return 0.0
        return self.weights.get(fact.action, 0.0) * _amount(fact)

    def key_of(self, fact: MemberInteracted) -> str:
        """The entity the interaction counts for."""
        return fact.member_id if self.entity == "member" else f"{fact.kind}:{fact.item_id}"


@dataclass(frozen=True, slots=True)
class Decayed:
    """A decayed sum as of a moment."""

    value: float
    at: datetime

    def plus(self, weight: float, at: datetime, half_life: timedelta) -> "Decayed":
        """With one more interaction, whichever of the two moments is later."""
        if at >= self.at:
            return Decayed(self.value * _fade(at - self.at, half_life) + weight, at)
        return Decayed(self.value + weight * _fade(self.at - at, half_life), self.at)

    def seen_from(self, now: datetime, half_life: timedelta) -> float:
        """The sum as of `now`."""
        return self.value * _fade(max(now - self.at, timedelta(0)), half_life)


def _fade(age: timedelta, half_life: timedelta) -> float:
    return float(2.0 ** -(age / half_life))


def _amount(fact: MemberInteracted) -> float:
    """Dwell counts by its length: ten seconds are one, a minute is the most."""
    return min(fact.value / 10.0, 6.0) if fact.action == "dwell" else 1.0


LIKING: dict[Action, float] = {
    "check_in": 4.0, "rsvp_yes": 3.0, "join": 2.0, "like": 2.0, "share": 2.0, "comment": 2.0,
    "pick": 1.5, "rsvp_maybe": 1.0, "open": 0.5, "dwell": 0.3, "view": 0.1,
    "rsvp_no": -1.0, "unlike": -2.0, "leave": -2.0, "hide": -3.0, "unhide": 3.0,
}  # fmt: skip
"""What each action says about liking the item. Negative: less of this."""

SEQUENCE_LENGTH = 100
"""How many of a member's last interactions are kept online."""
SEQUENCE_ACTIONS: frozenset[Action] = frozenset(LIKING) - {"view"}
"""A mere view passes by too often to push real acts out of the sequence."""

COUNTERS: tuple[Counter, ...] = (
    Counter("events_30d", "member", timedelta(days=30), LIKING, frozenset({"event"})),
    Counter("reels_7d", "member", timedelta(days=7), LIKING, frozenset({"reel"})),
    Counter("picks_14d", "member", timedelta(days=14), LIKING, frozenset({"pick"})),
    Counter("active_7d", "member", timedelta(days=7), dict.fromkeys(LIKING, 1.0),
            frozenset({"event", "reel", "pick", "post", "club"})),
    Counter("liked_7d", "item", timedelta(days=7), LIKING, frozenset({"event", "reel", "pick", "post"})),
)  # fmt: skip


def liking_of(fact: MemberInteracted) -> float:
    """The weight of one interaction in a member's window."""
    return LIKING.get(fact.action, 0.0) * _amount(fact)
