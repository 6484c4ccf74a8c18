"""What other domains ask of the feed: cards of posts, and every post for who keeps a copy."""

from collections.abc import Collection, Sequence

from clubkit.contracts.social import PostPublished
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, PostId
from social_service.clubs import service as clubs
from social_service.clubs.schemas import ClubBrief, Viewer
from social_service.feed.errors import PostNotFound
from social_service.feed.models import PostRow
from social_service.feed.schemas import PostCard
from social_service.feed.store import CommentStore, PostStore, ReactionStore
from social_service.media import service as media
from social_service.media.schemas import Picture
from social_service.people import service as people


async def cards(work: UnitOfWork, viewer: Viewer, post_ids: Sequence[str]) -> list[PostCard]:
    """The posts of these ids that the viewer may see, in the order asked. Five queries, however many."""
    rows = {row.id: row for row in await PostStore(work).visible(post_ids, viewer)} if post_ids else {}
    return await cards_of(work, viewer, [rows[each] for each in post_ids if each in rows])


async def card(work: UnitOfWork, viewer: Viewer, post_id: str) -> PostCard:
    """Raises PostNotFound."""
    found = await cards(work, viewer, [post_id])
    if not found:
        raise PostNotFound
    return found[0]


async def authors_of_posts(work: UnitOfWork, post_ids: Collection[str]) -> dict[str, tuple[MemberId, str]]:
    """(author, first words) by post; posts that are gone are absent. One query."""
    rows = await PostStore(work).authors(post_ids)
    return {post_id: (MemberId(row.author_id), row.text[:80]) for post_id, row in rows.items()}


async def authors_of_comments(work: UnitOfWork, comment_ids: Collection[str]) -> dict[str, MemberId]:
    rows = await CommentStore(work).many(comment_ids)
    return {comment_id: MemberId(row.author_id) for comment_id, row in rows.items()}


async def all_after(work: UnitOfWork, post_id: str, limit: int) -> list[PostPublished]:
    """Every post as it now stands, by id: for rebuilding what follows from them."""
    rows = await PostStore(work).after(post_id, limit)
    names = await people.briefs(work, {row.author_id for row in rows})
    return [published(row, names[MemberId(row.author_id)].name) for row in rows]


async def cards_of(work: UnitOfWork, viewer: Viewer, rows: Sequence[PostRow]) -> list[PostCard]:
    """Cards of rows the viewer was found to see; four queries."""
    if not rows:
        return []
    reactions = await ReactionStore(work).mine(viewer.member_id, [row.id for row in rows])
    names = await people.briefs(work, {row.author_id for row in rows})
    of_clubs = await clubs.briefs(work, {row.club_id for row in rows if row.club_id})
    pictures = await media.pictures(work, {each["id"] for row in rows for each in row.media})
    return [
        PostCard(
            id=PostId(row.id), author=names[MemberId(row.author_id)], club=_club(row, of_clubs), text=row.text,
            html=row.html, media=_pictures(row, pictures), visibility=row.visibility, announce=row.announce,
            reactions=row.reactions, my_reaction=reactions.get(row.id), comments=row.comments,
            created_at=row.created_at, edited_at=row.edited_at, version=row.version,
            may_edit=row.author_id == viewer.member_id, may_remove=may_remove(row, viewer),
        )
        for row in rows
    ]  # fmt: skip


def may_remove(row: PostRow, viewer: Viewer) -> bool:
    return row.author_id == viewer.member_id or (row.club_id is not None and viewer.may(row.club_id, "moderate"))


def published(row: PostRow, author_name: str) -> PostPublished:
    """The post as it now stands, for the log."""
    return PostPublished(
        post_id=PostId(row.id), club_id=ClubId(row.club_id) if row.club_id else None,
        author_id=MemberId(row.author_id), author_name=author_name, text=row.text, visibility=row.visibility,
        has_media=bool(row.media), created_at=row.created_at, version=row.version,
    )  # fmt: skip


def _club(row: PostRow, of_clubs: dict[ClubId, ClubBrief]) -> ClubBrief | None:
    return of_clubs.get(ClubId(row.club_id)) if row.club_id else None


def _pictures(row: PostRow, pictures: dict[str, Picture]) -> tuple[Picture, ...]:
    found = [(pictures.get(each["id"]), each["alt"]) for each in row.media]
    return tuple(p.model_copy(update={"alt": alt or p.alt}) for p, alt in found if p)
