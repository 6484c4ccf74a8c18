"""The picks board: fixtures with my pick, and the crowd's once it can no longer be followed."""

from collections.abc import Sequence
from dataclasses import replace

from clubkit.db.work import UnitOfWork
from clubkit.ids import FixtureId, MemberId
from sports_service.catalogue import service as catalogue
from sports_service.catalogue.schemas import FixtureOut
from sports_service.catalogue.service import FixtureFilter
from sports_service.picks.placing import pick_out
from sports_service.picks.schemas import BoardFixture, Crowd, CrowdOut
from sports_service.picks.store import PickStore, picked_by

NOBODY = Crowd(home=0, draw=0, away=0)


async def fixtures(
    work: UnitOfWork, member_id: MemberId, wanted: FixtureFilter, *, picked: bool | None, limit: int
) -> list[BoardFixture]:
    """`picked` True: only those the member picked; False: only the others."""
    if picked is True:
        wanted = replace(wanted, among=picked_by(member_id))
    elif picked is False:
        wanted = replace(wanted, not_among=picked_by(member_id))
    return await _board(work, member_id, await catalogue.fixtures(work, wanted, limit=limit))


async def fixture(work: UnitOfWork, member_id: MemberId, fixture_id: FixtureId) -> BoardFixture:
    """Raises FixtureNotFound."""
    return (await _board(work, member_id, [await catalogue.fixture(work, fixture_id)]))[0]


async def crowd(work: UnitOfWork, fixture_id: FixtureId) -> CrowdOut:
    """Raises FixtureNotFound."""
    found = await catalogue.fixture(work, fixture_id)
    split = (await PickStore(work).crowds([fixture_id])).get(fixture_id, NOBODY)
    return CrowdOut(
        fixture_id=fixture_id, locked=found.locked, lock_at=found.lock_at,
        picks=split.home + split.draw + split.away, crowd=split if found.locked else None,
    )  # fmt: skip


async def _board(work: UnitOfWork, member_id: MemberId, found: Sequence[FixtureOut]) -> list[BoardFixture]:
    store = PickStore(work)
    mine = await store.of(member_id, [f.id for f in found])
    crowds = await store.crowds([f.id for f in found if f.locked])
    return [
        BoardFixture(
            **dict(f),
            my_pick=pick_out(mine[f.id], f) if f.id in mine else None,
            crowd=crowds.get(f.id, NOBODY) if f.locked else None,
        )
        for f in found
    ]
