"""Leagues, fixtures' history, and what operators enter."""

from fastapi import APIRouter

from clubkit.http.dependencies import CurrentAdmin, CurrentMember, Reading, Work
from clubkit.http.idempotency import OnceOnly
from clubkit.ids import FixtureId
from sports_service.catalogue import results, service
from sports_service.catalogue.schemas import (
    ChangeOut,
    EnterResult,
    FixtureOut,
    LeagueId,
    LeagueOut,
    MoveKickoff,
    RoundOut,
)

router = APIRouter(tags=["sports"])


@router.get("/leagues")
async def list_leagues(member: CurrentMember, work: Reading) -> list[LeagueOut]:
    """Every league with its newest season that has begun (or is the next to begin)."""
    return await service.leagues(work)


@router.get("/leagues/{league_id}/rounds")
async def list_rounds(league_id: LeagueId, member: CurrentMember, work: Reading) -> list[RoundOut]:
    """The rounds of the league's current season, in order of play."""
    return await service.rounds(work, league_id)


@router.get("/fixtures/{fixture_id}/history")
async def list_fixture_changes(fixture_id: FixtureId, member: CurrentMember, work: Reading) -> list[ChangeOut]:
    """Moves, results and corrections of a fixture, newest first."""
    return await service.history(work, fixture_id)


@router.post("/admin/fixtures/{fixture_id}/result")
async def enter_result(
    fixture_id: FixtureId, body: EnterResult, admin: CurrentAdmin, work: Work, once: OnceOnly
) -> FixtureOut:
    """Enters or corrects a result. Points follow at once; no import overrules an operator."""
    return await once(FixtureOut, results.enter_result(work, admin.member_id, fixture_id, body), status=200)


@router.post("/admin/fixtures/{fixture_id}/kickoff")
async def move_kickoff(
    fixture_id: FixtureId, body: MoveKickoff, admin: CurrentAdmin, work: Work, once: OnceOnly
) -> FixtureOut:
    """Moves a match to a time to come; picks are open until then."""
    return await once(FixtureOut, results.move_kickoff(work, admin.member_id, fixture_id, body), status=200)
