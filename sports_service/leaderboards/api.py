"""Leaderboards over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from clubkit.http.dependencies import CurrentMember, Reading
from clubkit.http.paging import CursorText, Limit, PageInfo, cursor_key, page_of
from clubkit.ids import ClubId
from sports_service.leaderboards import service
from sports_service.leaderboards.schemas import Board, Period

router = APIRouter(tags=["sports"])
PeriodQuery = Annotated[Period, Query(description="by kick-off; weeks begin on Monday, UTC")]


class Leaderboard(Board):
    """A page of a board."""

    page: PageInfo = PageInfo()


@router.get("/clubs/{club_id}/leaderboard")
async def get_club_leaderboard(
    request: Request,
    response: Response,
    club_id: ClubId,
    member: CurrentMember,
    work: Reading,
    period: PeriodQuery = "season",
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Leaderboard:
    """The club's members by points. For members of the club only."""
    name = f"leaderboard:{club_id}:{period}"
    after = _rank(cursor_key(request, name, cursor))
    board = await service.club_board(work, member.member_id, club_id, period, after=after, limit=limit)
    return _paged(request, response, name, board, limit)


@router.get("/leaderboard")
async def get_leaderboard(
    request: Request,
    response: Response,
    member: CurrentMember,
    work: Reading,
    period: PeriodQuery = "season",
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Leaderboard:
    """Everyone on this hub by points."""
    name = f"leaderboard:hub:{period}"
    after = _rank(cursor_key(request, name, cursor))
    board = await service.hub_board(work, member.member_id, period, after=after, limit=limit)
    return _paged(request, response, name, board, limit)


def _rank(key: list[object] | None) -> int:
    return int(str(key[0])) if key else 0


def _paged(request: Request, response: Response, name: str, board: Board, limit: int) -> Leaderboard:
    rows = board.data[:limit]
    next_key = (rows[-1].rank,) if len(board.data) > limit else None
    page = page_of(request, response, name, rows, next_key).page
    return Leaderboard(**dict(board.model_copy(update={"data": rows})), page=page)
