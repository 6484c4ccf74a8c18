"""The features of the hub. Adding one here is all it takes: both paths compute it."""

from datetime import timedelta

from clubkit.contracts.interactions import Action, MemberInteracted
from feature_store.definitions.models import Counter

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
    amount = min(fact.value / 10.0, 6.0) if fact.action == "dwell" else 1.0
    return LIKING.get(fact.action, 0.0) * amount
