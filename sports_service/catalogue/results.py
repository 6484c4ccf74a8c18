"""The rules of what operators enter: results, corrections, new dates."""

from dataclasses import replace
from datetime import timedelta

from clubkit.db.work import UnitOfWork
from clubkit.ids import FixtureId, MemberId
from sports_service.catalogue import service
from sports_service.catalogue.changing import change, state_of
from sports_service.catalogue.errors import (
    KickoffPassed,
    KickoffTooFar,
    NotKickedOff,
    ScoreMissing,
    ScoreUnwanted,
)
from sports_service.catalogue.models import ADMIN, Listing, State
from sports_service.catalogue.schemas import EnterResult, FixtureOut, MoveKickoff

FURTHEST = timedelta(days=730)


async def enter_result(work: UnitOfWork, admin_id: MemberId, fixture_id: FixtureId, entry: EnterResult) -> FixtureOut:
    """Enters or corrects how a match ended. Entering the same again changes nothing.

    Raises FixtureNotFound, ScoreMissing, ScoreUnwanted, NotKickedOff (demo matches may be settled at any time).
    """
    found = await service.listing(work, fixture_id)
    new = _ended(found, entry)
    fixture = found.fixture
    if new.status == "settled" and fixture.kickoff_at > work.now and not found.season.is_demo:
        raise NotKickedOff(fixture.kickoff_at)
    change(work, found, new, by=ADMIN, reason=entry.reason, member_id=admin_id)
    # Also when an operator confirms what a provider said: from now on it is hers.
    fixture.result_by = ADMIN
    return service.out(found, work.now)


async def move_kickoff(work: UnitOfWork, admin_id: MemberId, fixture_id: FixtureId, move: MoveKickoff) -> FixtureOut:
    """Gives a match a new kick-off; a result it had is taken back.

    Raises FixtureNotFound, KickoffPassed, KickoffTooFar.
    """
    found = await service.listing(work, fixture_id)
    if move.kickoff_at <= work.now:
        raise KickoffPassed
    if move.kickoff_at > work.now + FURTHEST:
        raise KickoffTooFar
    change(
        work, found, State("scheduled", move.kickoff_at, time_known=True),
        by=ADMIN, reason=move.reason, member_id=admin_id,
    )  # fmt: skip
    found.fixture.kickoff_by = found.fixture.result_by = ADMIN
    return service.out(found, work.now)


def _ended(found: Listing, entry: EnterResult) -> State:
    blank = replace(
        state_of(found.fixture), status=entry.status, home_goals=None, away_goals=None, home_half=None, away_half=None
    )
    if entry.status != "settled":
        if entry.score is not None:
            raise ScoreUnwanted
        return blank
    if entry.score is None:
        raise ScoreMissing
    return replace(blank, home_goals=entry.score.home, away_goals=entry.score.away)
