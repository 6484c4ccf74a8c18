"""Settles picks when a fixture changed, and tells the apps that follow."""

from collections.abc import Sequence
from datetime import timedelta

from clubkit.contracts.auth import MemberDeleted
from clubkit.contracts.sports import FixtureListed
from clubkit.db.work import UnitOfWork
from clubkit.ids import FixtureId
from clubkit.log.consumer import Consumer
from clubkit.realtime.wire import Wire
from sports_service.catalogue import service as catalogue
from sports_service.catalogue.schemas import FixtureOut, FixtureSettled
from sports_service.picks.jobs import SETTLE
from sports_service.picks.settling import settle
from sports_service.picks.store import PickStore

NEWS = timedelta(days=3)
"""A result of a match longer ago is history being imported, not news to push."""

consumer = Consumer("sports_service.picks")


@consumer.on_batch(FixtureListed)
async def settle_picks(work: UnitOfWork, facts: Sequence[FixtureListed]) -> None:
    ids = list(dict.fromkeys(FixtureId(fact.fixture_id) for fact in facts if _matters(fact)))
    for fixture_id in await settle(work, ids):
        work.schedule(SETTLE, fixture_id=fixture_id)
    news = [f.fixture_id for f in facts if f.status in ("settled", "void") and f.kickoff_at > work.now - NEWS]
    for fixture in (await catalogue.by_ids(work, news)).values():
        push(work, fixture)


@consumer.on(MemberDeleted)
async def forget_member(work: UnitOfWork, fact: MemberDeleted) -> None:
    await PickStore(work).remove_member(fact.member_id)


def push(work: UnitOfWork, fixture: FixtureOut) -> None:
    """Only a hint: an app that misses it reads the result with the next page."""
    wire = work.port(Wire)
    event = FixtureSettled(
        id=fixture.id, league_id=fixture.league_id, home=fixture.home.short, away=fixture.away.short,
        status=fixture.status, score=fixture.score, outcome=fixture.outcome, version=fixture.version,
    )  # fmt: skip
    work.after_commit(lambda: wire.emit("fixture.settled", event, to=catalogue.FIXTURES_CHANNEL))


def _matters(fact: FixtureListed) -> bool:
    """A first listing that is still to be played has no picks; everything else may have."""
    return fact.version > 1 or fact.status != "scheduled"
