"""The rules of posting, editing with a history, and taking down."""

from collections.abc import Sequence
from typing import Any

from clubkit.contracts.social import PostRemoved
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId, PostId, new_id
from clubkit.realtime.wire import Wire, club_channel
from clubkit.versions import expect
from social_service.clubs import service as clubs
from social_service.clubs.schemas import ClubBrief
from social_service.feed.errors import NothingLeft, NotYours, NotYoursToRemove, PostNotFound
from social_service.feed.markdown import to_html
from social_service.feed.models import PostRow
from social_service.feed.schemas import EditPost, FeedNews, NewPost, PostHistory, PostPicture, PostVersion
from social_service.feed.service import may_remove, published
from social_service.feed.store import PostStore
from social_service.media import service as media
from social_service.people import service as people


async def post(work: UnitOfWork, caller: Caller, new: NewPost) -> PostId:
    """Raises ClubNotFound, NotAllowedInClub, PictureNotFound."""
    club = await _club(work, caller, new)
    author = await people.ensure(work, caller)
    row = PostRow(
        id=new_id(work.now), club_id=club.id if club else None, author_id=caller.member_id, text=new.text,
        html=to_html(new.text), media=await _media(work, caller.member_id, new.media),
        visibility=new.visibility or ("club" if club else "public"), announce=new.announce, reactions={}, comments=0,
        version=1, created_at=work.now, edited_at=None,
    )  # fmt: skip
    PostStore(work).add(row)
    work.publish(published(row, author.name))
    if club:
        _push(work, club, PostId(row.id))
    return PostId(row.id)


async def edit(work: UnitOfWork, caller: Caller, post_id: PostId, changes: EditPost, *, version: int) -> None:
    """Keeps how it read before. Raises PostNotFound, NotYours, ChangedMeanwhile, PictureNotFound, NothingLeft."""
    row = await _seen(work, caller, post_id)
    if row.author_id != caller.member_id:
        raise NotYours
    expect(version, row.version)
    store = PostStore(work)
    store.keep_version(row)
    if changes.text is not None:
        row.text, row.html = changes.text, to_html(changes.text)
    if changes.media is not None:
        row.media = await _media(work, caller.member_id, changes.media)
    if not row.text and not row.media:
        raise NothingLeft
    row.version += 1
    row.edited_at = work.now
    author = await people.ensure(work, caller)
    work.publish(published(row, author.name))


async def remove(work: UnitOfWork, caller: Caller, post_id: PostId) -> None:
    """Raises PostNotFound, NotYoursToRemove."""
    row = await _seen(work, caller, post_id)
    if not may_remove(row, await clubs.viewer(work, caller.member_id)):
        raise NotYoursToRemove
    work.publish(PostRemoved(post_id=post_id, version=row.version + 1, at=work.now))
    await PostStore(work).remove(post_id)


async def history(work: UnitOfWork, caller: Caller, post_id: PostId) -> PostHistory:
    """Raises PostNotFound."""
    viewer = await clubs.viewer(work, caller.member_id)
    store = PostStore(work)
    if await store.one(post_id, viewer) is None:
        raise PostNotFound
    rows = await store.versions(post_id)
    return PostHistory(
        data=tuple(
            PostVersion(version=row.version, text=row.text, html=row.html, written_at=row.written_at) for row in rows
        )
    )


async def _club(work: UnitOfWork, caller: Caller, new: NewPost) -> ClubBrief | None:
    if new.club_id is None:
        return None
    return await clubs.require(work, new.club_id, caller.member_id, "announce" if new.announce else "post")


async def _seen(work: UnitOfWork, caller: Caller, post_id: PostId) -> PostRow:
    viewer = await clubs.viewer(work, caller.member_id)
    row = await PostStore(work).one(post_id, viewer, lock=True)
    if row is None:
        raise PostNotFound
    return row


async def _media(work: UnitOfWork, owner: MemberId, given: Sequence[PostPicture]) -> list[dict[str, Any]]:
    await media.owned(work, owner, [each.media_id for each in given], pointer="/media")
    return [{"id": each.media_id, "alt": each.alt} for each in given]


def _push(work: UnitOfWork, club: ClubBrief, post_id: PostId) -> None:
    """Only a hint: the app offers what is new, and fetches it when asked to."""
    wire = work.port(Wire)
    news = FeedNews(kind="post", id=post_id, club_id=club.id)
    work.after_commit(lambda: wire.emit("feed.new", news, to=club_channel(club.id)))
