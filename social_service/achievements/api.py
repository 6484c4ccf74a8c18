"""Achievements and activity over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from clubkit.http.dependencies import CurrentMember, Reading
from clubkit.http.paging import BadCursor, CursorText, Limit, Page, cursor_key, instant, page_of
from social_service.achievements import service
from social_service.achievements.schemas import Achievements, ActivityItem

router = APIRouter(prefix="/people/{handle}", tags=["social"])

Handle = Annotated[str, Path(min_length=1, max_length=60)]


@router.get("/achievements")
async def list_achievements(handle: Handle, member: CurrentMember, work: Reading) -> Achievements:
    """Every badge: earned, or how far it is."""
    return await service.achievements(work, handle)


@router.get("/activity")
async def list_activity(
    handle: Handle, request: Request, response: Response, member: CurrentMember, work: Reading,
    cursor: CursorText = None, limit: Limit = 20,
) -> Page[ActivityItem]:  # fmt: skip
    """What a member did lately, as far as the asker may see it."""
    name = f"activity:{handle}"
    before = _place(cursor_key(request, name, cursor))
    items, after = await service.activity(work, member, handle, before=before, limit=limit)
    return page_of(request, response, name, items, after)


def _place(key: list[object] | None) -> service.Next:
    match key:
        case None:
            return None
        case [at, str(kind), str(item_id)]:
            return instant(at), kind, item_id
        case _:
            raise BadCursor
