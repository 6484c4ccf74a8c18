"""The notification centre over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from clubkit.http.dependencies import CurrentMember, Reading, Work
from clubkit.http.paging import CursorText, Limit, Page, cursor_key, instant, page_of
from social_service.notifications import service
from social_service.notifications.schemas import Notification, Unread

router = APIRouter(prefix="/notifications", tags=["social"])


@router.get("")
async def list_notifications(
    member: CurrentMember, work: Reading, request: Request, response: Response,
    unread_only: Annotated[bool, Query(description="leave out what was opened")] = False,
    cursor: CursorText = None, limit: Limit = 30,
) -> Page[Notification]:  # fmt: skip
    """Newest first. What is unread and of the same kind and place stands as one."""
    name = f"notifications:{unread_only}"
    key = cursor_key(request, name, cursor)
    place = None if key is None else (instant(key[0]), str(key[1]))
    rows, after = await service.page(work, member.member_id, key=place, limit=limit, unread_only=unread_only)
    return page_of(request, response, name, rows, after)


@router.get("/count")
async def count_notifications(member: CurrentMember, work: Reading) -> Unread:
    return await service.counts(work, member.member_id)


@router.post("/seen")
async def see_notifications(member: CurrentMember, work: Work) -> Unread:
    """The member has looked at the centre: nothing counts as new any more."""
    return await service.mark_seen(work, member.member_id)


@router.put("/{notification_id}/read")
async def read_notification(
    notification_id: Annotated[str, Path(max_length=36)], member: CurrentMember, work: Work
) -> Unread:
    return await service.mark_read(work, member.member_id, notification_id)


@router.post("/read-all")
async def read_all_notifications(member: CurrentMember, work: Work) -> Unread:
    return await service.mark_all_read(work, member.member_id)
