"""Calendar files and the addresses calendar apps read them from."""

import hashlib
import secrets
from datetime import timedelta

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import EventId, MemberId
from clubkit.settings import Settings
from social_service.clubs import service as clubs
from social_service.events import ics, showing
from social_service.events.dates import horizon_of, plan_of
from social_service.events.errors import CalendarNotFound
from social_service.events.models import CalendarLinkRow, EventRow, SeriesRow
from social_service.events.schemas import CalendarLink
from social_service.events.store import EventStore, LinkStore

KEPT = timedelta(days=90)
"""How long what is over, or cancelled, stays in a feed: an app that looks rarely must still learn of it."""


async def event_file(work: UnitOfWork, caller: Caller, event_id: EventId) -> bytes:
    """One date as a file. Raises EventNotFound."""
    event = await showing.visible(work, await clubs.viewer(work, caller.member_id), event_id)
    return ics.calendar(event.title, [ics.single_event(event, _url(work, event.id))], ics.zones_of([event], work.now))


async def make_link(work: UnitOfWork, caller: Caller, club_ref: str) -> CalendarLink:
    """A new address for a member of the club; only its hash is kept. Raises ClubNotFound, CalendarNotFound."""
    club = await clubs.resolve(work, club_ref)
    if await clubs.role_in(work, club.id, caller.member_id) is None:
        raise CalendarNotFound
    token = secrets.token_urlsafe(32)
    row = CalendarLinkRow(token_hash=_hash(token), member_id=caller.member_id, club_id=club.id, created_at=work.now)
    LinkStore(work).add(row)
    url = f"{work.port(Settings).base_url}/api/v1/clubs/{club.id}/events.ics?token={token}"
    return CalendarLink(url=url, webcal_url="webcal://" + url.partition("://")[2])


async def revoke_links(work: UnitOfWork, caller: Caller, club_ref: str) -> None:
    """All of the member's addresses for this club stop working. Raises ClubNotFound."""
    club = await clubs.resolve(work, club_ref)
    await LinkStore(work).revoke(caller.member_id, club.id)


async def club_file(work: UnitOfWork, club_ref: str, token: str) -> bytes:
    """The club's events for a calendar app. The link's owner must still be a member. Raises CalendarNotFound."""
    link = await LinkStore(work).find(_hash(token))
    if link is None or club_ref != link.club_id:
        raise CalendarNotFound
    if await clubs.role_in(work, link.club_id, MemberId(link.member_id)) is None:
        raise CalendarNotFound
    club = await clubs.resolve(work, link.club_id)
    store = EventStore(work)
    plans = await store.series_of_club(club.id, work.now - KEPT)
    special: dict[str, list[EventRow]] = {}
    for event in await store.special_dates([series.id for series in plans]):
        special.setdefault(event.series_id, []).append(event)
    parts: list[list[str]] = []
    for series in plans:
        parts.append(ics.series_event(series, f"{work.port(Settings).base_url}/c/{club.slug}"))
        parts += _specials(work, series, special.get(series.id, []))
    return ics.calendar(club.name, parts, ics.zones_of(plans, work.now))


def _specials(work: UnitOfWork, series: SeriesRow, events: list[EventRow]) -> list[list[str]]:
    if not events or series.cancelled_at is not None:
        return []
    dates = set(plan_of(series).dates(horizon_of(series, work.now)))
    return [ics.special_date(series, event, _url(work, event.id)) for event in events if ics.differs(event, dates)]


def _url(work: UnitOfWork, event_id: str) -> str:
    return f"{work.port(Settings).base_url}/e/{event_id}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
