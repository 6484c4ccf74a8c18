"""Comments over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from clubkit.cache.limits import Limits, Rate
from clubkit.http.dependencies import CurrentMember, Reading, Work, ports_of
from clubkit.http.idempotency import OnceOnly
from clubkit.http.paging import CursorText, Limit, Page, cursor_key, page_of
from clubkit.ids import PostId
from social_service.feed import commenting
from social_service.feed.schemas import Comment, EditComment, NewComment

router = APIRouter(tags=["social"])

PostPath = Annotated[PostId, Path(min_length=1, max_length=36)]
CommentPath = Annotated[str, Path(min_length=1, max_length=36)]
COMMENT_RATE = Rate(30, per=60)


@router.post("/posts/{post_id}/comments", status_code=201)
async def create_comment(
    post_id: PostPath, new: NewComment, member: CurrentMember, work: Work, once: OnceOnly, request: Request
) -> Comment:
    """Comments on a post, or replies to a comment under it."""
    await ports_of(request)[Limits].spend("comment", member.member_id, COMMENT_RATE)
    return await once(Comment, commenting.comment(work, member, post_id, new))


@router.get("/posts/{post_id}/comments")
async def list_comments(
    post_id: PostPath, member: CurrentMember, work: Reading, request: Request, response: Response,
    parent: Annotated[str | None, Query(max_length=36, description="only the replies to this comment")] = None,
    cursor: CursorText = None, limit: Limit = 30,
) -> Page[Comment]:  # fmt: skip
    """Oldest first: the comments with their first replies, or the replies to one."""
    name = f"comments:{post_id}:{parent or ''}"
    key = cursor_key(request, name, cursor)
    after = str(key[0]) if key else None
    rows, following = await commenting.thread(work, member, post_id, parent_id=parent, after=after, limit=limit)
    return page_of(request, response, name, rows, following)


@router.patch("/comments/{comment_id}")
async def edit_comment(comment_id: CommentPath, changes: EditComment, member: CurrentMember, work: Work) -> Comment:
    return await commenting.edit(work, member, comment_id, changes)


@router.delete("/comments/{comment_id}", status_code=204)
async def delete_comment(comment_id: CommentPath, member: CurrentMember, work: Work) -> None:
    await commenting.remove(work, member, comment_id)
