"""The rules of earning: facts are counted in batches, and a badge is given once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from clubkit.contracts.base import Fact
from clubkit.contracts.social import BadgeEarned
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId
from social_service.achievements.badges import BADGES, Badge, Counter, counts_for
from social_service.achievements.marking import Mark, marks_of
from social_service.achievements.store import BadgeStore, ByCounter
from social_service.people import service as people

Earned = Mapping[str, Mapping[str, datetime]]
"""Per member: badge → when."""


@dataclass(frozen=True)
class HubZone:
    """Where this hub's weeks begin."""

    info: ZoneInfo


async def count(work: UnitOfWork, facts: Sequence[Fact]) -> None:
    """Takes facts in their order, and gives the badges they earn. A handful of queries for any number of facts."""
    zone = work.port(HubZone).info
    latest = {(m.member_id, m.counter, m.mark): m for fact in facts for m in marks_of(fact, zone)}
    store = BadgeStore(work)
    earned = await store.earned({mark.member_id for mark in latest.values()})
    wanted = [mark for mark in latest.values() if _still_counts(mark, earned[mark.member_id])]
    if not wanted:
        return
    await store.take_back([(m.member_id, m.counter, m.mark) for m in wanted if not m.on])
    await store.set_marks([_row(mark) for mark in wanted if mark.on])
    has = await store.marks({m.member_id for m in wanted}, {m.counter for m in wanted})
    await _award(work, _reached(wanted, earned, has))


def _still_counts(mark: Mark, earned: Iterable[str]) -> bool:
    """Nothing more is kept for badges that are earned already."""
    return any(badge.id not in earned for badge in counts_for(mark.counter))


def _reached(wanted: Sequence[Mark], earned: Earned, has: ByCounter) -> list[tuple[MemberId, Badge]]:
    """Who has come to which badge with these marks."""
    touched: dict[MemberId, set[Counter]] = {}
    for mark in wanted:
        touched.setdefault(mark.member_id, set()).add(mark.counter)
    return [
        (member_id, badge)
        for member_id, counters in touched.items()
        for badge in BADGES
        if badge.id not in earned[member_id]
        for way in badge.ways
        if way.counter in counters and way.best(has.get((member_id, way.counter), {})) >= way.need
    ]


async def _award(work: UnitOfWork, reached: Sequence[tuple[MemberId, Badge]]) -> None:
    given = dict.fromkeys(reached)
    if not given:
        return
    names = await people.briefs(work, {member_id for member_id, _ in given})
    await BadgeStore(work).award([{"member_id": m, "badge": b.id, "earned_at": work.now} for m, b in given])
    work.publish(
        *(
            BadgeEarned(
                member_id=member_id, member_name=names[member_id].name, badge=badge.id, title=badge.title, at=work.now
            )
            for member_id, badge in given
        )
    )  # fmt: skip


def _row(mark: Mark) -> dict[str, object]:
    return {"member_id": mark.member_id, "counter": mark.counter, "mark": mark.mark, "at": mark.at}
