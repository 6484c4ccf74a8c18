"""Reels over HTTP."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response

from clubkit.blobs.port import Blobs
from clubkit.cache.limits import Limits, Rate
from clubkit.db.work import Works
from clubkit.http.dependencies import CurrentMember, Reading, Work, ports_of
from clubkit.http.paging import BadCursor, Cursors, CursorText, Limit, Page, cursor_key, instant, page_of
from clubkit.http.uploads import form_schema, received
from clubkit.ids import ReelId
from clubkit.media import clips
from social_service.reels import captioning, changing, feeding, liking, service, taking
from social_service.reels.errors import CaptionsTooLarge
from social_service.reels.schemas import (
    CaptionsOut,
    LikeIn,
    LikeState,
    NewReel,
    ReelAccepted,
    ReelCard,
    ReelFeed,
    ReelOut,
    ReelPatch,
)

router = APIRouter(prefix="/reels", tags=["social"])

ReelRef = Annotated[ReelId, Path(min_length=1, max_length=36)]
UPLOAD_RATE = Rate(20, per=3600)
FEED = "reels:feed"
_FORM = form_schema(
    "file", club_id="the club it is for (id or slug)", caption="at most 500 characters", visibility="club or public"
)
_VTT = {"requestBody": {"required": True, "content": {"text/vtt": {"schema": {"type": "string"}}}}}


@router.post("", status_code=202, openapi_extra=_FORM)
async def upload_reel(
    request: Request, member: CurrentMember,
    idempotency_key: Annotated[str | None, Header(max_length=255, min_length=1)] = None,
) -> ReelAccepted:  # fmt: skip
    """Takes a clip of at most 90 seconds and 200 MB. It is looked at now and prepared in the background."""
    ports = ports_of(request)
    works, blobs = ports[Works], ports[Blobs]
    if earlier := await taking.taken_before(works, member, idempotency_key):
        return earlier
    await ports[Limits].spend("reel.upload", member.member_id, UPLOAD_RATE)
    async with received(request, into=blobs.scratch(), limit=clips.MAX_BYTES) as upload:
        wish = NewReel.model_validate(dict(upload.fields))
        return await taking.take(works, blobs, member, upload.path, wish, idempotency_key)


@router.get("")
async def list_reels(
    request: Request, response: Response, member: CurrentMember, work: Reading,
    club: Annotated[str | None, Query(max_length=60, description="id or slug")] = None,
    author: Annotated[str | None, Query(max_length=60, description="handle")] = None,
    cursor: CursorText = None, limit: Limit = 20,
) -> Page[ReelCard]:  # fmt: skip
    """Reels of a club, of a member or of everybody, newest first."""
    name = f"reels:{club}:{author}"
    key = cursor_key(request, name, cursor)
    before = (instant(key[0]), str(key[1])) if key is not None and len(key) == 2 else None
    cards, after = await service.newest(work, member.member_id, club=club, author=author, before=before, limit=limit)
    return page_of(request, response, name, cards, after)


@router.get("/feed")
async def reel_feed(
    request: Request, member: CurrentMember, work: Reading, cursor: CursorText = None,
    limit: Annotated[int, Query(ge=1, le=30)] = 10,
) -> ReelFeed:  # fmt: skip
    """Reels ranked for the member, each with its reason; newest first when ranking is away, and it says so."""
    key = cursor_key(request, FEED, cursor)
    if key is None:
        reels, after, degraded = await feeding.first_page(work, member.member_id, limit)
    else:
        reels, after, degraded = await feeding.next_page(work, member.member_id, _place(key), limit)
    following = ports_of(request)[Cursors].write(FEED, after) if after is not None else None
    return ReelFeed(data=tuple(reels), next=following, degraded=degraded)


@router.get("/{reel_id}")
async def get_reel(reel_id: ReelRef, member: CurrentMember, work: Reading) -> ReelOut:
    return await service.page(work, member.member_id, reel_id)


@router.patch("/{reel_id}")
async def edit_reel(reel_id: ReelRef, changes: ReelPatch, member: CurrentMember, work: Work) -> ReelOut:
    await changing.recaption(work, member, reel_id, changes.caption)
    return await service.page(work, member.member_id, reel_id)


@router.delete("/{reel_id}", status_code=204)
async def remove_reel(reel_id: ReelRef, member: CurrentMember, work: Work) -> None:
    await changing.remove(work, member, reel_id)


@router.put("/{reel_id}/like")
async def like_reel(reel_id: ReelRef, how: LikeIn, member: CurrentMember, work: Work) -> LikeState:
    return await liking.like(work, member.member_id, reel_id, how)


@router.delete("/{reel_id}/like")
async def unlike_reel(
    reel_id: ReelRef, member: CurrentMember, work: Work, how: Annotated[LikeIn, Query()]
) -> LikeState:
    return await liking.unlike(work, member.member_id, reel_id, how)


@router.put("/{reel_id}/captions", openapi_extra=_VTT)
async def put_reel_captions(reel_id: ReelRef, request: Request, member: CurrentMember) -> CaptionsOut:
    """Takes captions as WebVTT (text/vtt, UTF-8)."""
    ports = ports_of(request)
    data = await _body(request, captioning.LARGEST)
    return await captioning.put_captions(ports[Works], ports[Blobs], member, reel_id, data)


@router.delete("/{reel_id}/captions", status_code=204)
async def remove_reel_captions(reel_id: ReelRef, request: Request, member: CurrentMember) -> None:
    ports = ports_of(request)
    await captioning.remove_captions(ports[Works], ports[Blobs], member, reel_id)


async def _body(request: Request, limit: int) -> bytes:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > limit:
            raise CaptionsTooLarge(limit)
    return bytes(data)


def _place(key: list[Any]) -> feeding.Place:
    match key:
        case [str(rank_id), int(seen)]:
            return rank_id, seen
        case [str(rank_id), None, str(reel_id)]:
            return rank_id, None, reel_id
        case [str(rank_id), str(at), str(reel_id)]:
            found: datetime = instant(at)
            return rank_id, found, reel_id
        case _:
            raise BadCursor
