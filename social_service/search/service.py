"""The rules of searching: only what the viewer may see, by her clubs as they are in this very request."""

from collections.abc import Collection, Sequence

from clubkit.contracts.social import EventScheduled
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId
from clubkit.search.port import SearchIndex, Suggestion
from clubkit.search.port import Viewer as Reader
from social_service.clubs import service as clubs
from social_service.clubs.schemas import ClubBrief
from social_service.events import service as events
from social_service.people import service as people
from social_service.people.schemas import PersonBrief
from social_service.search.schemas import (
    KINDS,
    FoundThing,
    SearchHit,
    SearchKind,
    SearchPage,
    SearchPageInfo,
    SuggestionGroup,
    Suggestions,
)


async def search(
    work: UnitOfWork, caller: Caller, q: str, *, kinds: Collection[SearchKind], club: str | None, after: str | None,
    limit: int,
) -> SearchPage:  # fmt: skip
    """Raises ClubNotFound, QueryTooLong, BadSearchCursor, SearchBroken."""
    within = [(await clubs.resolve(work, club)).id] if club else None
    found = await work.port(SearchIndex).find(
        q, await _reader(work, caller), kinds=kinds or KINDS, clubs=within, limit=limit, after=after
    )
    things = await _things(work, found.hits)
    hits = [
        SearchHit(**dict(things[hit.kind, hit.id]), excerpt=hit.excerpt, excerpt_marks=hit.excerpt_marks, at=hit.at)
        for hit in found.hits
        if (hit.kind, hit.id) in things
    ]
    counts = {kind: found.counts[kind] for kind in KINDS if kind in found.counts}
    return SearchPage(
        data=tuple(hits), page=SearchPageInfo(next=found.after), counts=counts, total=found.total,
        guessed=found.guessed,
    )  # fmt: skip


async def suggest(work: UnitOfWork, caller: Caller, q: str, *, per_kind: int) -> Suggestions:
    """A few titles of each kind while she types. Raises QueryTooLong, SearchBroken."""
    reader = await _reader(work, caller)
    found = await work.port(SearchIndex).suggest(q, reader, kinds=KINDS, per_kind=per_kind)
    things = await _things(work, [each for group in found.values() for each in group])
    groups = []
    for kind in KINDS:
        shown = tuple(things[kind, each.id] for each in found.get(kind, ()) if (kind, each.id) in things)
        if shown:
            groups.append(SuggestionGroup(kind=kind, suggestions=shown))
    return Suggestions(groups=tuple(groups))


async def _reader(work: UnitOfWork, caller: Caller) -> Reader:
    viewer = await clubs.viewer(work, caller.member_id)
    return Reader.member(caller.member_id, viewer.clubs)


async def _things(work: UnitOfWork, found: Sequence[Suggestion]) -> dict[tuple[str, str], FoundThing]:
    """What was found, with names and dates as they are now: three queries for any number of hits."""
    of_clubs = await clubs.briefs(work, {each.club_id for each in found if each.club_id})
    names = await people.briefs(work, {who for each in found if (who := _who(each))})
    heads = await events.series_heads(work, [each.id for each in found if each.kind == "event"])
    things = {}
    for each in found:
        club = of_clubs.get(ClubId(each.club_id or ""))
        person = names.get(MemberId(_who(each) or ""))
        if thing := _thing(each, club, person, heads.get(each.id)):
            things[each.kind, each.id] = thing
    return things


def _who(found: Suggestion) -> str | None:
    return found.id if found.kind == "person" else found.card.get("author")


def _thing(
    found: Suggestion, club: ClubBrief | None, person: PersonBrief | None, head: EventScheduled | None
) -> FoundThing | None:
    """None for an event that was cancelled a moment ago, or a club that was closed."""
    if (found.kind == "event" and head is None) or (found.kind == "club" and club is None):
        return None
    opened = head.event_id if head else found.id
    return FoundThing(
        kind=found.kind, id=opened, title=found.title, marks=found.marks, hue=found.hue, club=club, person=person,
        link=_link(found.kind, opened, club, person), starts_at=head.starts_at if head else None,
        poster_url=found.card.get("poster_url"),
    )  # fmt: skip


def _link(kind: str, opened: str, club: ClubBrief | None, person: PersonBrief | None) -> str:
    if kind == "person" and person:
        return f"/m/{person.handle}"
    if kind == "club" and club:
        return f"/c/{club.slug}"
    return {"event": "/e/", "post": "/p/", "reel": "/reels/"}[kind] + opened
