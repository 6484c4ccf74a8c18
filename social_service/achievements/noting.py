"""What goes into a member's activity feed, and what takes it out again."""

from collections.abc import Sequence
from typing import Any

from clubkit.contracts.base import Fact
from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import (
    BadgeEarned,
    MembershipChanged,
    PostPublished,
    PostRemoved,
    ReelPublished,
    ReelRemoved,
)
from clubkit.db.work import UnitOfWork
from social_service.achievements.store import ActivityStore, Key

LONGEST = 280


async def note(work: UnitOfWork, facts: Sequence[Fact]) -> None:
    """Takes facts in their order; of several about one thing, the last one tells."""
    kept: dict[Key, dict[str, Any] | None] = {}
    removed: dict[str, list[str]] = {}
    for fact in facts:
        match fact:
            case PostRemoved():
                removed.setdefault("post", []).append(fact.post_id)
                kept = {key: row for key, row in kept.items() if key[1:] != ("post", fact.post_id)}
            case ReelRemoved():
                removed.setdefault("reel", []).append(fact.reel_id)
                kept = {key: row for key, row in kept.items() if key[1:] != ("reel", fact.reel_id)}
            case _:
                for key, row in _entries(fact):
                    kept[key] = row
    store = ActivityStore(work)
    await store.take_back([key for key, row in kept.items() if row is None])
    await store.put([row for row in kept.values() if row is not None])
    for kind, item_ids in removed.items():
        await store.take_back_items(kind, item_ids)


def _entries(fact: Fact) -> list[tuple[Key, dict[str, Any] | None]]:
    """What a fact puts in (a row) or takes out (None)."""
    match fact:
        case BadgeEarned():
            return [_entry(fact.member_id, "badge", fact.badge, fact.title, None, fact.at)]
        case PostPublished():
            club = fact.club_id if fact.visibility == "club" else None
            if fact.club_id is None and fact.visibility == "club":
                return []
            return [_entry(fact.author_id, "post", fact.post_id, fact.text, club, fact.created_at, fact.version)]
        case ReelPublished():
            club = fact.club_id if fact.visibility == "club" else None
            return [_entry(fact.author_id, "reel", fact.reel_id, fact.caption, club, fact.created_at, fact.version)]
        case MembershipChanged():
            if fact.role is None:
                return [((fact.member_id, "club", fact.club_id), None)]
            entry = _entry(fact.member_id, "club", fact.club_id, fact.club_name, fact.club_id, fact.at, fact.version)
            return [entry]
        case MemberInteracted(kind="event", action="rsvp_yes"):
            return [_entry(fact.member_id, "event", fact.item_id, "", fact.club_id, fact.at)]
        case MemberInteracted(kind="event", action="rsvp_no" | "rsvp_maybe"):
            return [((fact.member_id, "event", fact.item_id), None)]
        case _:
            return []


def _entry(
    member_id: str, kind: str, item_id: str, text: str, club_id: str | None, at: Any, version: int = 1
) -> tuple[Key, dict[str, Any]]:
    row = {
        "member_id": member_id, "kind": kind, "item_id": item_id, "text": text[:LONGEST], "club_id": club_id,
        "version": version, "at": at,
    }  # fmt: skip
    return (member_id, kind, item_id), row
