"""Search over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from clubkit.cache.limits import Limits, Rate
from clubkit.http.dependencies import CurrentAdmin, CurrentMember, Reading, Work, ports_of
from clubkit.http.paging import CursorText, Limit
from social_service.search import rebuilding, service
from social_service.search.schemas import IndexState, RebuildAccepted, SearchKind, SearchPage, Suggestions

router = APIRouter(prefix="/search", tags=["social"])

Words = Annotated[str, Query(min_length=1, max_length=400, description="what to look for")]
SEARCH_RATE = Rate(120, per=60)


@router.get("")
async def search(
    q: Words, member: CurrentMember, work: Reading, request: Request, response: Response,
    kinds: Annotated[list[SearchKind], Query(max_length=5, description="none: all")] = [],  # noqa: B006
    club: Annotated[str | None, Query(max_length=60, description="only within this club (id or slug)")] = None,
    cursor: CursorText = None, limit: Limit = 20,
) -> SearchPage:  # fmt: skip
    """Members, clubs, events, posts and reels that match every word and that the asker may see."""
    await ports_of(request)[Limits].spend("search", member.member_id, SEARCH_RATE)
    page = await service.search(work, member, q, kinds=kinds, club=club, after=cursor, limit=limit)
    if page.page.next:
        url = request.url.include_query_params(cursor=page.page.next)
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return page


@router.get("/suggest")
async def suggest(
    q: Words, member: CurrentMember, work: Reading, request: Request,
    per_kind: Annotated[int, Query(ge=1, le=10)] = 4,
) -> Suggestions:  # fmt: skip
    """A few titles of each kind while somebody types."""
    await ports_of(request)[Limits].spend("search", member.member_id, SEARCH_RATE)
    return await service.suggest(work, member, q, per_kind=per_kind)


@router.get("/index")
async def get_search_index(_admin: CurrentAdmin, work: Reading) -> IndexState:
    """Whether the index is whole, and how far a rebuild has come."""
    return await rebuilding.state(work)


@router.post("/rebuild", status_code=202)
async def rebuild_search_index(_admin: CurrentAdmin, work: Work) -> RebuildAccepted:
    """Makes the index anew from the truth; searches go on meanwhile."""
    return RebuildAccepted(job_id=work.schedule("social.reindex"))
