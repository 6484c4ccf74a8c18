"""The cards that commands put into messages, from what chat knows of events and fixtures."""

from collections.abc import Sequence

from chat_service.commands.errors import NoSuchEvent, NoSuchFixture
from chat_service.happenings import service as happenings
from chat_service.happenings.schemas import EventBrief, FixtureBrief
from chat_service.messages.schemas import CardOut
from chat_service.rooms import browsing
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, EventId, FixtureId, MemberId, RoomId

MOST_OFFERED = 8


async def event(work: UnitOfWork, member_id: MemberId, room_id: RoomId, text: str) -> CardOut:
    """By its id, or the next one whose name or place holds the words: of the room's club, in a talk of any of the
    member's clubs. Raises RoomNotFound, NoSuchEvent."""
    clubs = await _clubs(work, member_id, room_id)
    named = await happenings.event(work, EventId(text)) if text else None
    found = [named] if named and named.club_id in clubs else await happenings.coming_up(work, clubs, text, limit=1)
    if not found:
        raise NoSuchEvent(text)
    return event_card(found[0])


async def events(work: UnitOfWork, member_id: MemberId, room_id: RoomId, text: str) -> Sequence[EventBrief]:
    return await happenings.coming_up(work, await _clubs(work, member_id, room_id), text, limit=MOST_OFFERED)


async def pick(work: UnitOfWork, text: str) -> CardOut:
    """By its id, or the next one whose teams or league hold the words. Raises NoSuchFixture."""
    named = await happenings.fixture(work, FixtureId(text)) if text else None
    open_now = named if named and named.status == "scheduled" and named.kickoff_at > work.now else None
    found = [open_now] if open_now else await happenings.open_fixtures(work, text, limit=1)
    if not found:
        raise NoSuchFixture(text)
    return pick_card(found[0])


async def fixtures(work: UnitOfWork, text: str) -> Sequence[FixtureBrief]:
    return await happenings.open_fixtures(work, text, limit=MOST_OFFERED)


def event_card(event: EventBrief) -> CardOut:
    data = event.model_dump(mode="json", exclude={"id", "title"})
    return CardOut(kind="event", id=event.id, title=event.title, data=data)


def pick_card(fixture: FixtureBrief) -> CardOut:
    data = fixture.model_dump(mode="json", exclude={"id"})
    return CardOut(kind="pick", id=fixture.id, title=f"{fixture.home} – {fixture.away}", data=data)


async def _clubs(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> list[ClubId]:
    standing = await rooms.standing(work, room_id, member_id)
    return [standing.club_id] if standing.club_id else await browsing.clubs_of(work, member_id)
