"""From facts to marks: what of the log counts for whom, and what takes it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from clubkit.contracts.base import Fact
from clubkit.contracts.chat import MessageSent
from clubkit.contracts.interactions import Action, MemberInteracted
from clubkit.contracts.social import PostPublished
from clubkit.contracts.sports import PickSettled
from clubkit.ids import MemberId
from social_service.achievements.badges import Counter, week_of

ACTIVE: frozenset[Action] = frozenset(
    {"like", "share", "comment", "rsvp_yes", "rsvp_maybe", "rsvp_no", "pick", "join", "check_in"}
)
"""What somebody does on purpose; looking at things keeps no week alive."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that counts for a member (`on`), or does not count any more."""

    member_id: MemberId
    counter: Counter
    mark: str
    at: datetime
    on: bool = True


def marks_of(fact: Fact, zone: ZoneInfo) -> Iterator[Mark]:
    """What a fact counts for. `zone`: where the hub's weeks begin."""
    match fact:
        case MessageSent(author_id=str() as author_id):
            yield Mark(author_id, "messages", fact.message_id, fact.at)
            yield _week(author_id, fact.at, zone)
        case PostPublished():
            yield Mark(fact.author_id, "words", fact.post_id, fact.created_at)
            yield _week(fact.author_id, fact.created_at, zone)
        case PickSettled():
            # Settled again after a correction: the same fixture, so a pick can become right, or wrong.
            yield Mark(fact.member_id, "right_picks", fact.fixture_id, fact.at, on=fact.choice == fact.outcome)
        case MemberInteracted():
            yield from _of_interaction(fact, zone)


def _of_interaction(fact: MemberInteracted, zone: ZoneInfo) -> Iterator[Mark]:
    if fact.kind == "event" and fact.action in {"rsvp_yes", "rsvp_maybe", "rsvp_no"}:
        yield Mark(fact.member_id, "yes", fact.item_id, fact.at, on=fact.action == "rsvp_yes")
    if fact.action == "comment":
        yield Mark(fact.member_id, "words", fact.fact_id, fact.at)
    if fact.action in ACTIVE:
        yield _week(fact.member_id, fact.at, zone)


def _week(member_id: MemberId, at: datetime, zone: ZoneInfo) -> Mark:
    return Mark(member_id, "weeks", week_of(at.astimezone(zone).date()), at)
