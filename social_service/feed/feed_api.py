"""The home feed over HTTP: three tabs, less-like-this, and what was looked at."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from clubkit.cache.limits import Limits, Rate
from clubkit.http.dependencies import CurrentMember, Reading, Work, ports_of
from clubkit.http.paging import BadCursor, Cursors, CursorText, Limit, cursor_key
from social_service.feed import for_you, hiding, signals, timeline
from social_service.feed.api import place_of
from social_service.feed.feed_schemas import FeedPage, FeedPageInfo, Hide, ItemType, Signals, SignalsTaken, Tab

router = APIRouter(tags=["social"])

SIGNAL_RATE = Rate(60, per=60)
RANKED = "feed:for-you"


@router.get("/feed")
async def get_feed(
    member: CurrentMember, work: Reading, request: Request, response: Response,
    tab: Annotated[Tab, Query(description="following and clubs are chronological; for-you is ranked, with reasons")],
    cursor: CursorText = None, limit: Limit = 20,
) -> FeedPage:  # fmt: skip
    """A page of the home feed."""
    degraded = None
    if tab == "for-you":
        items, after, degraded = await for_you.page(work, member, _ranked_place(request, cursor), limit)
        key: tuple[object, ...] | None = after
        name = RANKED
    else:
        name = f"feed:{tab}"
        items, place = await timeline.page(work, member, tab, place_of(request, name, cursor), limit)
        key = (place.at, place.id) if place else None
    following = ports_of(request)[Cursors].write(name, key) if key else None
    if following:
        url = request.url.include_query_params(cursor=following)
        response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return FeedPage(data=tuple(items), page=FeedPageInfo(next=following), degraded=degraded)


@router.post("/feed/hide", status_code=204)
async def hide_item(wish: Hide, member: CurrentMember, work: Work) -> None:
    """Less like this: gone from what is ranked for her, and learned from."""
    await hiding.hide(work, member, wish)


@router.delete("/feed/hide/{kind}/{item_id}", status_code=204)
async def unhide_item(kind: ItemType, item_id: str, member: CurrentMember, work: Work) -> None:
    """Takes it back."""
    await hiding.unhide(work, member, Hide(kind=kind, item_id=item_id))


@router.post("/signals", status_code=202)
async def send_signals(batch: Signals, member: CurrentMember, work: Work, request: Request) -> SignalsTaken:
    """What was on the screen, and for how long. A batch may be sent again; each view counts once."""
    await ports_of(request)[Limits].spend("signals", member.member_id, SIGNAL_RATE)
    return SignalsTaken(taken=await signals.take(work, member, batch.signals))


def _ranked_place(request: Request, cursor: str | None) -> tuple[str, int] | None:
    key = cursor_key(request, RANKED, cursor)
    if key is None:
        return None
    if len(key) != 2 or not isinstance(key[1], int):
        raise BadCursor
    return str(key[0]), key[1]
