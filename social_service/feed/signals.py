"""What members looked at, and for how long. Loss is allowed; what cannot be is cut; an off switch is honoured."""

from collections.abc import Sequence

from clubkit.contracts.interactions import MemberInteracted
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ReelId
from social_service.feed.feed_schemas import Signal
from social_service.feed.store import SeenViews
from social_service.people import service as people
from social_service.reels import service as reels

LONGEST_LOOK_S = 600.0
"""Nobody reads one card for longer; the screen was left on."""
A_LOOK_S = 2.0
"""Shorter is passing by: it counts as seen and not as dwelt upon."""


async def take(work: UnitOfWork, caller: Caller, signals: Sequence[Signal]) -> int:
    """Publishes one interaction per new view; answers how many. Each view id counts once."""
    if not await people.wants_personal(work, caller.member_id):
        return 0
    fresh = await work.port(SeenViews).fresh(caller.member_id, [signal.view_id for signal in signals])
    counted = list({signal.view_id: signal for signal in reversed(signals) if signal.view_id in fresh}.values())
    lengths = await reels.durations(work, [ReelId(s.item_id) for s in counted if s.kind == "reel"])
    for signal in reversed(counted):
        work.publish(_fact(work, caller, signal, seconds(signal, lengths.get(ReelId(signal.item_id)))))
    return len(counted)


def seconds(signal: Signal, length_s: float | None) -> float:
    """How long it was looked at, no longer than is possible: a clip of known length, by the rounds it made."""
    looked = min(signal.ms_visible / 1000, LONGEST_LOOK_S)
    if length_s is not None:
        played = signal.ms_played / 1000 if signal.ms_played is not None else looked
        looked = min(looked, played, length_s * ((signal.loops or 0) + 1))
    return looked


def _fact(work: UnitOfWork, caller: Caller, signal: Signal, looked_s: float) -> MemberInteracted:
    dwelt = looked_s >= A_LOOK_S
    return MemberInteracted(
        member_id=caller.member_id, kind=signal.kind, item_id=signal.item_id, action="dwell" if dwelt else "view",
        club_id=signal.club_id, surface=signal.surface, rank_id=signal.rank_id,
        value=looked_s if dwelt else 1.0, at=work.now,
    )  # fmt: skip
