"""What members do with things, in one shape for the feature store, achievements and the recommender.

The owner of the thing publishes it in the same transaction as the change itself.
"""

from typing import Literal

from pydantic import Field

from clubkit.contracts.base import Fact
from clubkit.ids import ClubId, MemberId, RankId

ItemKind = Literal["event", "reel", "pick", "post", "club"]
Action = Literal[
    "view", "dwell", "open", "like", "unlike", "share", "comment", "hide", "unhide",
    "rsvp_yes", "rsvp_maybe", "rsvp_no", "pick", "join", "leave", "check_in",
]  # fmt: skip
Surface = Literal[
    "for_you", "following", "club", "search", "profile", "calendar", "reels", "picks", "chat", "event", "import"
]


class MemberInteracted(Fact, topic="interactions", key="member_id", urgent=True):
    """A member did something with an item. `value` is the action's amount (dwell: seconds seen), else 1."""

    member_id: MemberId
    kind: ItemKind
    item_id: str
    action: Action
    club_id: ClubId | None = None
    surface: Surface = "club"
    rank_id: RankId | None = None
    value: float = Field(1.0, ge=0, le=86_400)
