"""The rules of comments: a thread of one level under each post."""

from collections.abc import Sequence

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import CommentWritten
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, PostId, new_id
from social_service.clubs import service as clubs
from social_service.clubs.schemas import Viewer
from social_service.feed.errors import CommentNotFound, NotYours, NotYoursToRemove, PostNotFound
from social_service.feed.markdown import to_html
from social_service.feed.models import CommentRow, PostRow
from social_service.feed.reacting import push_counts
from social_service.feed.schemas import Comment, EditComment, NewComment
from social_service.feed.store import CommentStore, PostStore
from social_service.people import service as people
from social_service.people.schemas import PersonBrief

SHOWN_REPLIES = 3
PREVIEW = 140


async def comment(work: UnitOfWork, caller: Caller, post_id: PostId, new: NewComment) -> Comment:
    """Raises PostNotFound, CommentNotFound."""
    viewer, post = await _post(work, caller, post_id)
    store = CommentStore(work)
    parent = await _thread_of(store, post_id, new.parent_id) if new.parent_id else None
    author = await people.ensure(work, caller)
    row = CommentRow(
        id=new_id(work.now), post_id=post_id, parent_id=parent.id if parent else None, author_id=caller.member_id,
        text=new.text, html=to_html(new.text), replies=0, removed=False, created_at=work.now, edited_at=None,
    )  # fmt: skip
    store.add(row)
    if parent:
        parent.replies += 1
    post.comments += 1
    push_counts(work, post)
    work.publish(_written(post, row, parent, author), _interacted(work, post, caller, new))
    return _out(row, post, viewer, {MemberId(author.id): author})


async def edit(work: UnitOfWork, caller: Caller, comment_id: str, changes: EditComment) -> Comment:
    """Raises CommentNotFound, PostNotFound, NotYours."""
    row = await _comment(work, comment_id)
    viewer, post = await _post(work, caller, PostId(row.post_id))
    if row.author_id != caller.member_id:
        raise NotYours
    row.text, row.html, row.edited_at = changes.text, to_html(changes.text), work.now
    return _out(row, post, viewer, await people.briefs(work, [row.author_id]))


async def remove(work: UnitOfWork, caller: Caller, comment_id: str) -> None:
    """One with replies leaves a gap where it was. Raises CommentNotFound, PostNotFound, NotYoursToRemove."""
    row = await _comment(work, comment_id)
    viewer, post = await _post(work, caller, PostId(row.post_id))
    if not _may_remove(row, post, viewer):
        raise NotYoursToRemove
    store = CommentStore(work)
    if row.replies:
        row.removed, row.text, row.html = True, "", ""
    else:
        await store.remove(row)
    if row.parent_id:
        await store.count_replies(row.parent_id, -1)
    post.comments -= 1
    push_counts(work, post)


async def thread(
    work: UnitOfWork, caller: Caller, post_id: PostId, *, parent_id: str | None, after: str | None, limit: int
) -> tuple[list[Comment], tuple[str] | None]:
    """Oldest first: comments with their first replies, or the replies to one. Raises PostNotFound."""
    viewer, post = await _post(work, caller, post_id, lock=False)
    store = CommentStore(work)
    rows = await store.thread(post_id, parent_id, after, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    replies = await store.first_replies([row.id for row in rows if row.replies], SHOWN_REPLIES)
    names = await people.briefs(work, {row.author_id for row in (*rows, *replies)})
    shown = [_out(row, post, viewer, names, [r for r in replies if r.parent_id == row.id]) for row in rows]
    return shown, (rows[-1].id,) if more else None


async def _post(work: UnitOfWork, caller: Caller, post_id: PostId, *, lock: bool = True) -> tuple[Viewer, PostRow]:
    viewer = await clubs.viewer(work, caller.member_id)
    row = await PostStore(work).one(post_id, viewer, lock=lock)
    if row is None:
        raise PostNotFound
    return viewer, row


async def _comment(work: UnitOfWork, comment_id: str) -> CommentRow:
    row = await CommentStore(work).one(comment_id)
    if row is None or row.removed:
        raise CommentNotFound
    return row


async def _thread_of(store: CommentStore, post_id: PostId, parent_id: str) -> CommentRow:
    """The comment at the top of the thread that `parent_id` is in."""
    row = await store.one(parent_id, post_id)
    if row is not None and row.parent_id:
        row = await store.one(row.parent_id, post_id)
    if row is None:
        raise CommentNotFound
    return row


def _may_remove(row: CommentRow, post: PostRow, viewer: Viewer) -> bool:
    return row.author_id == viewer.member_id or (post.club_id is not None and viewer.may(post.club_id, "moderate"))


def _out(
    row: CommentRow, post: PostRow, viewer: Viewer, names: dict[MemberId, PersonBrief],
    replies: Sequence[CommentRow] = (),
) -> Comment:  # fmt: skip
    return Comment(
        id=row.id, post_id=PostId(row.post_id), parent_id=row.parent_id, text=row.text, html=row.html,
        author=None if row.removed else names[MemberId(row.author_id)], removed=row.removed,
        created_at=row.created_at, edited_at=row.edited_at,
        may_edit=row.author_id == viewer.member_id and not row.removed,
        may_remove=_may_remove(row, post, viewer) and not row.removed,
        replies=tuple(_out(reply, post, viewer, names) for reply in replies),
        more_replies=max(0, row.replies - len(replies)),
    )  # fmt: skip


def _written(post: PostRow, row: CommentRow, parent: CommentRow | None, author: PersonBrief) -> CommentWritten:
    return CommentWritten(
        comment_id=row.id, post_id=PostId(post.id), post_author_id=MemberId(post.author_id),
        parent_author_id=MemberId(parent.author_id) if parent and not parent.removed else None,
        club_id=ClubId(post.club_id) if post.club_id else None, author_id=author.id, author_name=author.name,
        preview=row.text[:PREVIEW], at=row.created_at,
    )  # fmt: skip


def _interacted(work: UnitOfWork, post: PostRow, caller: Caller, new: NewComment) -> MemberInteracted:
    return MemberInteracted(
        member_id=caller.member_id, kind="post", item_id=post.id, action="comment", surface=new.surface,
        rank_id=new.rank_id, club_id=ClubId(post.club_id) if post.club_id else None, at=work.now,
    )  # fmt: skip
