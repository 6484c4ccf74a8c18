"""Clubs over HTTP: founding, finding, changing."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from clubkit.cache.limits import Limits, Rate
from clubkit.http.dependencies import CurrentMember, Reading, Work, ports_of
from clubkit.http.etag import IfMatch, tag
from clubkit.http.idempotency import OnceOnly
from clubkit.http.paging import BadCursor, CursorText, Limit, Page, cursor_key, instant, page_of
from social_service.clubs import founding, showing
from social_service.clubs.schemas import ClubCard, ClubDetail, EditClub, FoundClub, SetCover

router = APIRouter(prefix="/clubs", tags=["social"])

ClubRef = Annotated[str, Path(min_length=1, max_length=60, description="id or slug")]
FOUND_RATE = Rate(10, per=3600)


@router.post("", status_code=201)
async def found_club(
    wish: FoundClub, member: CurrentMember, work: Work, once: OnceOnly, request: Request, response: Response
) -> ClubDetail:
    """Founds a club; its founder owns it."""
    await ports_of(request)[Limits].spend("club.found", member.member_id, FOUND_RATE)

    async def effect() -> ClubDetail:
        club_id = await founding.found(work, member, wish)
        await work.session.flush()
        return await showing.club(work, member, club_id)

    detail = await once(ClubDetail, effect())
    tag(response, detail.revision)
    return detail


@router.get("")
async def discover_clubs(
    request: Request, response: Response, member: CurrentMember, work: Reading,
    sort: Literal["members", "new"] = "members",
    q: Annotated[str, Query(max_length=80, description="part of the name or sport")] = "",
    cursor: CursorText = None, limit: Limit = 20,
) -> Page[ClubCard]:  # fmt: skip
    """Clubs of this hub, largest or newest first."""
    name = f"clubs:{sort}:{q}"
    key = cursor_key(request, name, cursor)
    place = _place(sort, key) if key is not None else None
    cards, after = await showing.discover(work, member, sort=sort, q=q.strip(), key=place, limit=limit)
    return page_of(request, response, name, cards, after)


@router.get("/{club}")
async def get_club(club: ClubRef, member: CurrentMember, work: Reading, response: Response) -> ClubDetail:
    detail = await showing.club(work, member, club)
    tag(response, detail.revision)
    return detail


@router.patch("/{club}")
async def edit_club(
    club: ClubRef, changes: EditClub, member: CurrentMember, work: Work, revision: IfMatch, response: Response
) -> ClubDetail:
    """Changes what is given. Needs If-Match with the club's ETag."""
    club_id = await founding.edit(work, member, club, changes, revision=revision)
    await work.session.flush()
    detail = await showing.club(work, member, club_id)
    tag(response, detail.revision)
    return detail


@router.put("/{club}/cover")
async def set_club_cover(
    club: ClubRef, cover: SetCover, member: CurrentMember, work: Work, response: Response
) -> ClubDetail:
    """Shows an uploaded picture at the top of the club, or none."""
    club_id = await founding.set_cover(work, member, club, cover.media_id)
    await work.session.flush()
    detail = await showing.club(work, member, club_id)
    tag(response, detail.revision)
    return detail


@router.delete("/{club}", status_code=204)
async def close_club(club: ClubRef, member: CurrentMember, work: Work) -> None:
    """Closes a club for good."""
    await founding.close(work, member, club)


def _place(sort: str, key: list[object]) -> tuple[object, str]:
    if len(key) != 2:
        raise BadCursor
    return (key[0] if sort == "members" else instant(key[0]), str(key[1]))
