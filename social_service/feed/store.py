"""Posts, comments, reactions and hidden things in SQL; and what the feed keeps for a little while elsewhere."""

from collections.abc import Collection, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from clubkit.db.upsert import insert_or_ignore, upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from social_service.clubs.schemas import Viewer
from social_service.feed.models import CommentRow, HiddenRow, Place, PostRow, PostVersionRow, ReactionRow


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Public posts, and those of the viewer's clubs. Part of every query, so that leaving a club shows at once."""
    return or_(PostRow.visibility == "public", PostRow.club_id.in_(viewer.clubs))


class PostStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    def add(self, row: PostRow) -> None:
        self._session.add(row)

    async def one(self, post_id: str, viewer: Viewer, *, lock: bool = False) -> PostRow | None:
        query = select(PostRow).where(PostRow.id == post_id, visible_to(viewer))
        return await self._session.scalar(query.with_for_update() if lock else query)

    async def visible(self, post_ids: Collection[str], viewer: Viewer) -> Sequence[PostRow]:
        if not post_ids:
            return []
        query = select(PostRow).where(PostRow.id.in_(post_ids), visible_to(viewer))
        return (await self._session.scalars(query)).all()

    async def authors(self, post_ids: Collection[str]) -> dict[str, PostRow]:
        """The posts themselves, whoever asks: for telling their authors."""
        rows = await self._session.scalars(select(PostRow).where(PostRow.id.in_(post_ids)))
        return {row.id: row for row in rows}

    async def after(self, post_id: str, limit: int) -> Sequence[PostRow]:
        """All posts by id: for rebuilding what follows from them."""
        query = select(PostRow).where(PostRow.id > post_id).order_by(PostRow.id).limit(limit)
        return (await self._session.scalars(query)).all()

    async def of_clubs(self, clubs: Collection[ClubId], before: Place | None, limit: int) -> list[Place]:
        """Posts in these clubs behind `before`, newest first."""
        if before is None:
            found = await self._session.execute(_NEWEST_OF_CLUBS, {"clubs": list(clubs), "limit": limit})
            return [Place(at, post_id) for at, post_id in found]
        return await self._places(PostRow.club_id.in_(clubs), before, limit)

    async def of_people(
        self, viewer: Viewer, people: Collection[MemberId], before: Place | None, limit: int
    ) -> list[Place]:
        """What these people posted and the viewer may see, and announcements in her clubs; newest first."""
        by_people = and_(PostRow.author_id.in_(people), visible_to(viewer))
        announced = and_(PostRow.club_id.in_(viewer.clubs), PostRow.announce)
        return await self._places(or_(by_people, announced), before, limit)

    async def of_author(self, viewer: Viewer, author: str, before: Place | None, limit: int) -> list[Place]:
        return await self._places(and_(PostRow.author_id == author, visible_to(viewer)), before, limit)

    async def in_club(self, viewer: Viewer, club_id: str, before: Place | None, limit: int) -> list[Place]:
        return await self._places(and_(PostRow.club_id == club_id, visible_to(viewer)), before, limit)

    async def _places(self, which: ColumnElement[bool], before: Place | None, limit: int) -> list[Place]:
        query = select(PostRow.created_at, PostRow.id).where(which)
        if before is not None:
            tie = and_(PostRow.created_at == before.at, PostRow.id < before.id)
            query = query.where(or_(PostRow.created_at < before.at, tie))
        query = query.order_by(PostRow.created_at.desc(), PostRow.id.desc()).limit(limit)
        return [Place(row.created_at, row.id) for row in await self._session.execute(query)]

    def keep_version(self, row: PostRow) -> None:
        self._session.add(
            PostVersionRow(
                post_id=row.id, version=row.version, text=row.text, html=row.html,
                written_at=row.edited_at or row.created_at,
            )
        )  # fmt: skip

    async def versions(self, post_id: str) -> Sequence[PostVersionRow]:
        query = select(PostVersionRow).where(PostVersionRow.post_id == post_id)
        return (await self._session.scalars(query.order_by(PostVersionRow.version.desc()).limit(100))).all()

    async def remove(self, post_id: str) -> None:
        """The post and all that hangs on it."""
        for model in (PostVersionRow, CommentRow, ReactionRow):
            await self._session.execute(delete(model).where(model.post_id == post_id))
        await self._session.execute(delete(PostRow).where(PostRow.id == post_id))


class ReactionStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def mine(self, member_id: MemberId, post_ids: Collection[str]) -> dict[str, str]:
        query = select(ReactionRow.post_id, ReactionRow.reaction).where(
            ReactionRow.member_id == member_id, ReactionRow.post_id.in_(post_ids)
        )
        return {row.post_id: row.reaction for row in await self._session.execute(query)}

    async def put(self, post_id: str, member_id: MemberId, reaction: str) -> None:
        row = {"post_id": post_id, "member_id": member_id, "reaction": reaction, "at": self._now}
        await upsert(self._session, ReactionRow, [row], keys=["post_id", "member_id"])

    async def take_back(self, post_id: str, member_id: MemberId) -> None:
        mine = (ReactionRow.post_id == post_id, ReactionRow.member_id == member_id)
        await self._session.execute(delete(ReactionRow).where(*mine))

    async def counts(self, post_id: str) -> dict[str, int]:
        query = select(ReactionRow.reaction, func.count().label("times")).where(ReactionRow.post_id == post_id)
        return {row.reaction: row.times for row in await self._session.execute(query.group_by(ReactionRow.reaction))}

    async def page(self, post_id: str, before: Place | None, limit: int) -> Sequence[ReactionRow]:
        """Newest first."""
        query = select(ReactionRow).where(ReactionRow.post_id == post_id)
        if before is not None:
            tie = and_(ReactionRow.at == before.at, ReactionRow.member_id < before.id)
            query = query.where(or_(ReactionRow.at < before.at, tie))
        query = query.order_by(ReactionRow.at.desc(), ReactionRow.member_id.desc()).limit(limit)
        return (await self._session.scalars(query)).all()


class CommentStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    def add(self, row: CommentRow) -> None:
        self._session.add(row)

    async def one(self, comment_id: str, post_id: str | None = None) -> CommentRow | None:
        row = await self._session.get(CommentRow, comment_id)
        return row if row and (post_id is None or row.post_id == post_id) else None

    async def many(self, comment_ids: Collection[str]) -> dict[str, CommentRow]:
        rows = await self._session.scalars(select(CommentRow).where(CommentRow.id.in_(comment_ids)))
        return {row.id: row for row in rows}

    async def thread(self, post_id: str, parent_id: str | None, after: str | None, limit: int) -> Sequence[CommentRow]:
        """Oldest first; ids sort by birth."""
        query = select(CommentRow).where(CommentRow.post_id == post_id, _under(parent_id))
        if after is not None:
            query = query.where(CommentRow.id > after)
        return (await self._session.scalars(query.order_by(CommentRow.id).limit(limit))).all()

    async def first_replies(self, parent_ids: Collection[str], each: int) -> Sequence[CommentRow]:
        """The first `each` replies under each comment, in one query."""
        if not parent_ids:
            return []
        rank = func.row_number().over(partition_by=CommentRow.parent_id, order_by=CommentRow.id).label("place")
        numbered = select(CommentRow, rank).where(CommentRow.parent_id.in_(parent_ids)).subquery()
        reply = aliased(CommentRow, numbered)
        query = select(reply).where(numbered.c.place <= each).order_by(reply.id)
        return (await self._session.scalars(query)).all()

    async def count_replies(self, comment_id: str, more: int) -> None:
        change = update(CommentRow).where(CommentRow.id == comment_id).values(replies=CommentRow.replies + more)
        await self._session.execute(change)

    async def remove(self, row: CommentRow) -> None:
        await self._session.delete(row)


def _under(parent_id: str | None) -> ColumnElement[bool]:
    return CommentRow.parent_id.is_(None) if parent_id is None else CommentRow.parent_id == parent_id


class HiddenStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def add(self, member_id: MemberId, kind: str, item_id: str) -> bool:
        row = {"member_id": member_id, "kind": kind, "item_id": item_id, "at": self._now}
        return bool(await insert_or_ignore(self._session, HiddenRow, [row]))

    async def remove(self, member_id: MemberId, kind: str, item_id: str) -> bool:
        this = (HiddenRow.member_id == member_id, HiddenRow.kind == kind, HiddenRow.item_id == item_id)
        gone = await self._session.execute(delete(HiddenRow).where(*this).returning(HiddenRow.item_id))
        return gone.first() is not None

    async def among(self, member_id: MemberId, ids: Collection[str]) -> set[tuple[str, str]]:
        """(kind, id) of what she hid, among these."""
        found = await self._session.execute(_HIDDEN, {"member": member_id, "ids": list(ids)})
        return {(kind, item_id) for kind, item_id in found}


class RankedLists(Protocol):
    """Ranked lists while their readers page through them: a list is fixed when its first page is answered."""

    async def keep(self, member_id: MemberId, entries: str) -> str | None:
        """Keeps a list for half an hour; answers its name, None when that cannot be done just now."""
        ...

    async def read(self, member_id: MemberId, name: str) -> str | None: ...


class SeenViews(Protocol):
    async def fresh(self, member_id: MemberId, view_ids: Sequence[str]) -> set[str]:
        """Those not seen before (within a day); they count as seen from now on."""
        ...


# Built once: to build a statement, and to see that it is the same as before, takes longer than to run it.
_HIDDEN = select(HiddenRow.kind, HiddenRow.item_id).where(
    HiddenRow.member_id == bindparam("member"), HiddenRow.item_id.in_(bindparam("ids", expanding=True))
)
_NEWEST_OF_CLUBS = (
    select(PostRow.created_at, PostRow.id)
    .where(PostRow.club_id.in_(bindparam("clubs", expanding=True)))
    .order_by(PostRow.created_at.desc(), PostRow.id.desc())
    .limit(bindparam("limit"))
)
