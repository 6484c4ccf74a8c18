"""Settling: points are reckoned from the fixture as it stands, never added up, so a correction heals everything."""

from collections.abc import Collection
from datetime import datetime, timedelta

from clubkit.contracts.sports import PickSettled
from clubkit.db.work import UnitOfWork
from clubkit.ids import FixtureId, MemberId
from sports_service.catalogue import service as catalogue
from sports_service.catalogue.schemas import FixtureOut
from sports_service.picks import scoring
from sports_service.picks.models import PickRow
from sports_service.picks.store import PickStore

MATCH_LASTS = timedelta(hours=2)
AT_ONCE = 500
"""Picks settled in one transaction; a match with more goes on in a job."""


async def settle(
    work: UnitOfWork, fixture_ids: Collection[FixtureId], *, limit: int = AT_ONCE, backdated: bool = False
) -> list[FixtureId]:
    """Brings the picks of these fixtures to the fixtures' newest version.

    backdated: says it happened when each match was over, for demo worlds with a past.
    Answers the fixtures that (may) have more to settle than `limit`. Publishes PickSettled per pick that counts.
    """
    store = PickStore(work)
    fixtures = await catalogue.by_ids(work, await store.picked(fixture_ids))
    if not fixtures:
        return []
    picks = await store.unsettled({id_: fixture.version for id_, fixture in fixtures.items()}, limit)
    for pick in picks:
        fixture = fixtures[FixtureId(pick.fixture_id)]
        _settle_one(work, pick, fixture, fixture.kickoff_at + MATCH_LASTS if backdated else work.now)
    return sorted(fixtures) if len(picks) == limit else []


def _settle_one(work: UnitOfWork, pick: PickRow, fixture: FixtureOut, at: datetime) -> None:
    had = pick.points
    outcome = fixture.outcome if fixture.status == "settled" else None
    pick.points = scoring.points(pick.choice, outcome) if outcome else None  # type: ignore[arg-type]
    pick.rule = scoring.IN_FORCE.version if outcome else None
    pick.settled_version = fixture.version
    pick.season_id, pick.kickoff_at = fixture.season_id, fixture.kickoff_at
    if outcome or had is not None or fixture.status == "void":
        work.publish(
            PickSettled(
                member_id=MemberId(pick.member_id), fixture_id=fixture.id, home=fixture.home.name,
                away=fixture.away.name, choice=pick.choice, outcome=outcome, points=pick.points or 0,
                version=fixture.version, at=at,
            )
        )  # fmt: skip
