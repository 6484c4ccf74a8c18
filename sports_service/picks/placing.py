"""The rules of picking: until kick-off by the hub's clock, and not one second longer."""

from clubkit.contracts.interactions import MemberInteracted
from clubkit.db.work import UnitOfWork
from clubkit.errors import Outcome
from clubkit.ids import FixtureId, MemberId
from sports_service.catalogue import service as catalogue
from sports_service.catalogue.schemas import FixtureOut
from sports_service.picks import scoring
from sports_service.picks.errors import PickClosed, PickLocked
from sports_service.picks.models import PickRow
from sports_service.picks.schemas import PickOut, PutPick
from sports_service.picks.store import PickStore


async def put_pick(work: UnitOfWork, member_id: MemberId, fixture_id: FixtureId, put: PutPick) -> PickOut:
    """Makes or changes a pick. The lock is checked in the write itself.

    Putting the same choice again keeps its first time. Raises FixtureNotFound, PickLocked, PickClosed.
    """
    fixture = await catalogue.fixture(work, fixture_id)
    store = PickStore(work)
    earlier = (await store.of(member_id, [fixture_id], lock=True)).get(fixture_id)
    if earlier is not None and earlier.choice == put.choice and not fixture.locked:
        return pick_out(earlier, fixture)
    if not await store.place(fixture_id, member_id, put.choice, catalogue.open_for_picks(fixture_id, work.now)):
        raise refusal(fixture)
    if earlier is None:
        work.publish(
            MemberInteracted(
                member_id=member_id, kind="pick", item_id=fixture_id, action="pick", surface=put.surface,
                rank_id=put.rank_id, at=work.now,
            )
        )  # fmt: skip
    return PickOut(fixture_id=fixture_id, choice=put.choice, placed_at=work.now, lock_at=fixture.lock_at)


async def remove_pick(work: UnitOfWork, member_id: MemberId, fixture_id: FixtureId) -> None:
    """Takes a pick back. Raises FixtureNotFound, and PickLocked or PickClosed where there is one that must stay."""
    fixture = await catalogue.fixture(work, fixture_id)
    store = PickStore(work)
    removed = await store.remove(fixture_id, member_id, catalogue.open_for_picks(fixture_id, work.now))
    if not removed and await store.of(member_id, [fixture_id]):
        raise refusal(fixture)


def refusal(fixture: FixtureOut) -> Outcome:
    """Why a fixture takes no picks."""
    return PickLocked(fixture.lock_at) if fixture.status == "scheduled" else PickClosed(fixture.status)


def pick_out(row: PickRow, fixture: FixtureOut) -> PickOut:
    # Points of an older version of the fixture are about to be reckoned anew: better none than wrong ones.
    points = row.points if row.settled_version == fixture.version else None
    choice = row.choice
    return PickOut(
        fixture_id=fixture.id, choice=choice, placed_at=row.placed_at, lock_at=fixture.lock_at,
        points=points, explanation=scoring.explain(choice, fixture, points),  # type: ignore[arg-type]
    )  # fmt: skip
