"""The picks board over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime

from clubkit.http.dependencies import CurrentMember, Reading, Work
from clubkit.http.paging import CursorText, Limit, Page, cursor_key, instant, page_of
from clubkit.ids import FixtureId
from sports_service.catalogue.schemas import LeagueId
from sports_service.catalogue.service import FixtureFilter
from sports_service.picks import board, placing, scoring
from sports_service.picks.schemas import BoardFixture, CrowdOut, PickOut, PutPick, RulesOut

router = APIRouter(tags=["sports"])


@router.get("/fixtures")
async def list_fixtures(
    request: Request,
    response: Response,
    member: CurrentMember,
    work: Reading,
    league: Annotated[LeagueId | None, Query(max_length=36)] = None,
    round_name: Annotated[str | None, Query(alias="round", max_length=60)] = None,
    from_at: Annotated[AwareDatetime | None, Query(alias="from", description="kick-off at or after")] = None,
    to_at: Annotated[AwareDatetime | None, Query(alias="to", description="kick-off before")] = None,
    ids: Annotated[list[FixtureId] | None, Query(max_length=100, description="only these")] = None,
    picked: Annotated[bool | None, Query(description="true: only those I picked; false: the others")] = None,
    order: Annotated[Literal["soonest", "latest"], Query(description="by kick-off")] = "soonest",
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[BoardFixture]:
    """Fixtures of current seasons (or exactly `ids`, of any season), with my pick; the crowd's once they lock."""
    after = _after(cursor_key(request, f"fixtures:{order}", cursor))
    wanted = FixtureFilter(
        league=league, round_name=round_name, from_at=from_at, to_at=to_at,
        ids=tuple(ids) if ids is not None else None, newest_first=order == "latest", after=after,
    )  # fmt: skip
    rows = await board.fixtures(work, member.member_id, wanted, picked=picked, limit=limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    key = (rows[-1].kickoff_at, rows[-1].id) if more else None
    return page_of(request, response, f"fixtures:{order}", rows, key)


@router.get("/fixtures/{fixture_id}")
async def get_fixture(fixture_id: FixtureId, member: CurrentMember, work: Reading) -> BoardFixture:
    return await board.fixture(work, member.member_id, fixture_id)


@router.put("/fixtures/{fixture_id}/pick")
async def put_pick(fixture_id: FixtureId, body: PutPick, member: CurrentMember, work: Work) -> PickOut:
    """Makes or changes my pick; refused (`pick_locked`) from kick-off on, by the server's clock."""
    return await placing.put_pick(work, member.member_id, fixture_id, body)


@router.delete("/fixtures/{fixture_id}/pick", status_code=204)
async def remove_pick(fixture_id: FixtureId, member: CurrentMember, work: Work) -> None:
    """Takes my pick back; refused from kick-off on. Taking back what is not there is fine."""
    await placing.remove_pick(work, member.member_id, fixture_id)


@router.get("/fixtures/{fixture_id}/picks")
async def get_crowd(fixture_id: FixtureId, member: CurrentMember, work: Reading) -> CrowdOut:
    """How everyone picked: how many before the lock, the split after it."""
    return await board.crowd(work, fixture_id)


@router.get("/picks/rules")
async def get_rules(member: CurrentMember) -> RulesOut:
    """The scoring in force, with worked examples."""
    return scoring.rules()


def _after(key: list[object] | None) -> tuple[datetime, FixtureId] | None:
    return (instant(key[0]), FixtureId(str(key[1]))) if key else None
