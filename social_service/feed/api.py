"""Posts over HTTP: writing, reading, reacting."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from clubkit.cache.limits import Limits, Rate
from clubkit.http.dependencies import CurrentMember, Reading, Work, ports_of
from clubkit.http.etag import IfMatch, tag
from clubkit.http.idempotency import OnceOnly
from clubkit.http.paging import CursorText, Limit, Page, cursor_key, instant, page_of
from clubkit.ids import PostId
from social_service.clubs import service as clubs
from social_service.feed import listing, posting, reacting, service
from social_service.feed.models import Place
from social_service.feed.schemas import EditPost, NewPost, PostCard, PostHistory, React, Reacted, Reactor

router = APIRouter(tags=["social"])

PostPath = Annotated[PostId, Path(min_length=1, max_length=36)]
POST_RATE = Rate(30, per=300)


@router.post("/posts", status_code=201)
async def create_post(
    new: NewPost, member: CurrentMember, work: Work, once: OnceOnly, request: Request, response: Response
) -> PostCard:
    """Posts in a club, or on her own page."""
    await ports_of(request)[Limits].spend("post", member.member_id, POST_RATE)

    async def effect() -> PostCard:
        post_id = await posting.post(work, member, new)
        await work.session.flush()
        return await service.card(work, await clubs.viewer(work, member.member_id), post_id)

    card = await once(PostCard, effect())
    tag(response, card.version)
    return card


@router.get("/posts/{post_id}")
async def get_post(post_id: PostPath, member: CurrentMember, work: Reading, response: Response) -> PostCard:
    card = await service.card(work, await clubs.viewer(work, member.member_id), post_id)
    tag(response, card.version)
    return card


@router.patch("/posts/{post_id}")
async def edit_post(
    post_id: PostPath, changes: EditPost, member: CurrentMember, work: Work, version: IfMatch, response: Response
) -> PostCard:
    """Changes text or pictures; how it read before stays to be seen. Needs If-Match with the post's ETag."""
    await posting.edit(work, member, post_id, changes, version=version)
    await work.session.flush()
    card = await service.card(work, await clubs.viewer(work, member.member_id), post_id)
    tag(response, card.version)
    return card


@router.delete("/posts/{post_id}", status_code=204)
async def delete_post(post_id: PostPath, member: CurrentMember, work: Work) -> None:
    """Takes a post down, with its comments and reactions."""
    await posting.remove(work, member, post_id)


@router.get("/posts/{post_id}/history")
async def get_post_history(post_id: PostPath, member: CurrentMember, work: Reading) -> PostHistory:
    return await posting.history(work, member, post_id)


@router.put("/posts/{post_id}/reaction")
async def react_to_post(post_id: PostPath, wish: React, member: CurrentMember, work: Work) -> Reacted:
    """Sets the member's one reaction. Twice is the same as once."""
    return await reacting.react(work, member, post_id, wish)


@router.delete("/posts/{post_id}/reaction")
async def take_reaction_back(post_id: PostPath, member: CurrentMember, work: Work) -> Reacted:
    return await reacting.take_back(work, member, post_id)


@router.get("/posts/{post_id}/reactions")
async def list_reactions(
    post_id: PostPath, member: CurrentMember, work: Reading, request: Request, response: Response,
    cursor: CursorText = None, limit: Limit = 50,
) -> Page[Reactor]:  # fmt: skip
    """Who reacted, newest first."""
    name = f"reactions:{post_id}"
    rows, after = await reacting.reactors(work, member, post_id, place_of(request, name, cursor), limit)
    return page_of(request, response, name, rows, after)


@router.get("/clubs/{club}/posts")
async def list_club_posts(
    club: Annotated[str, Path(min_length=1, max_length=60)], member: CurrentMember, work: Reading,
    request: Request, response: Response, cursor: CursorText = None, limit: Limit = 20,
) -> Page[PostCard]:  # fmt: skip
    """What was posted in a club, newest first."""
    name = f"club-posts:{club}"
    cards, after = await listing.in_club(work, member, club, place_of(request, name, cursor), limit)
    return page_of(request, response, name, cards, (after.at, after.id) if after else None)


@router.get("/people/{handle}/posts")
async def list_person_posts(
    handle: Annotated[str, Path(min_length=1, max_length=41)], member: CurrentMember, work: Reading,
    request: Request, response: Response, cursor: CursorText = None, limit: Limit = 20,
) -> Page[PostCard]:  # fmt: skip
    """What somebody posted, newest first, as the asker may see it."""
    name = f"person-posts:{handle}"
    cards, after = await listing.by_author(work, member, handle, place_of(request, name, cursor), limit)
    return page_of(request, response, name, cards, (after.at, after.id) if after else None)


def place_of(request: Request, name: str, cursor: str | None) -> Place | None:
    key = cursor_key(request, name, cursor)
    return None if key is None else Place(instant(key[0]), str(key[1]))
