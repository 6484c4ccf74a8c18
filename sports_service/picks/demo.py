"""Picks for demo worlds: a past that its members made before we came, and a hand for simulated ones."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any, get_args

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.sports import Outcome1X2
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import FixtureId, MemberId
from sports_service.catalogue import service as catalogue
from sports_service.catalogue.schemas import FixtureOut
from sports_service.catalogue.service import FixtureFilter
from sports_service.picks import placing
from sports_service.picks.schemas import PickOut, PutPick
from sports_service.picks.settling import settle
from sports_service.picks.store import PickStore

BACK, AHEAD = timedelta(days=28), timedelta(days=6)
_CHOICES: tuple[Outcome1X2, ...] = get_args(Outcome1X2)
_USUAL = (0.45, 0.25, 0.30)
"""How often home sides win, nobody does, away sides win: what somebody picks who knows no better."""


Habit = tuple[float, float]
"""How much of what there is a member picks, and how often she simply knows; both 0…1."""


async def backdate_demo_picks(
    works: Works, members: Sequence[MemberId], *, seed: int = 7, habits: Mapping[MemberId, Habit] | None = None
) -> int:
    """Gives members a month of picks on the demo season, and some on matches to come; answers how many.

    A member who has a pick already is left alone, so calling again is harmless.
    """
    async with works.reading() as work:
        span = FixtureFilter(from_at=work.now - BACK, to_at=work.now + AHEAD)
        fixtures = [f for f in await catalogue.fixtures(work, span) if f.demo and f.status in ("scheduled", "settled")]
    placed = 0
    for member_id in members:
        async with works.open() as work:
            habit = (habits or {}).get(member_id)
            placed += await _backdate(work, member_id, fixtures, Random(f"{seed}:{member_id}"), habit)
    await _settle_all(works, [f.id for f in fixtures if f.status == "settled"])
    return placed


async def pick_something(work: UnitOfWork, member_id: MemberId, *, rng: Random) -> PickOut | None:
    """One pick as a member would make it now, by the same rules; None when nothing soon is open to her."""
    soon = FixtureFilter(from_at=work.now, to_at=work.now + AHEAD)
    open_ones = [f for f in await catalogue.fixtures(work, soon, limit=60) if not f.locked and f.status == "scheduled"]
    mine = await PickStore(work).of(member_id, [f.id for f in open_ones])
    left = [f for f in open_ones if f.id not in mine]
    if not left:
        return None
    choice = rng.choices(_CHOICES, _USUAL)[0]
    return await placing.put_pick(work, member_id, rng.choice(left).id, PutPick(choice=choice))


async def _backdate(
    work: UnitOfWork, member_id: MemberId, fixtures: Sequence[FixtureOut], rng: Random, habit: Habit | None
) -> int:
    store = PickStore(work)
    if await store.has_any(member_id):
        return 0
    rows = list(_rows(work, member_id, fixtures, rng, habit))
    for row in rows:
        work.publish(
            MemberInteracted(
                member_id=member_id, kind="pick", item_id=row["fixture_id"], action="pick", surface="picks",
                at=row["placed_at"],
            )
        )  # fmt: skip
    return await store.insert_ignoring_lock(rows)


def _rows(
    work: UnitOfWork, member_id: MemberId, fixtures: Sequence[FixtureOut], rng: Random, habit: Habit | None
) -> Iterator[dict[str, Any]]:
    """Some members pick nearly everything, some now and then; some have a nose for it."""
    diligence, nose = habit or (rng.uniform(0.25, 0.85), rng.uniform(0.0, 0.3))
    for fixture in fixtures:
        if rng.random() > diligence:
            continue
        knows = fixture.outcome is not None and rng.random() < nose
        choice = fixture.outcome if knows else rng.choices(_CHOICES, _USUAL)[0]
        before = timedelta(minutes=rng.randint(5, 60 * 48))
        placed_at = min(fixture.kickoff_at, work.now) - before
        yield {"fixture_id": fixture.id, "member_id": member_id, "choice": choice, "placed_at": placed_at}


async def _settle_all(works: Works, fixture_ids: Sequence[FixtureId]) -> None:
    left = list(fixture_ids)
    while left:
        async with works.open() as work:
            left = await settle(work, left, backdated=True)
