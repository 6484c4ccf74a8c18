"""Chat listens to what is planned, who comes, what there is to pick, and who leaves a club."""

from collections.abc import Sequence

from chat_service.happenings import service
from chat_service.rooms import club_rooms, event_rooms
from clubkit.contracts.social import ClubClosed, EventAnswered, EventCancelled, EventScheduled, MembershipChanged
from clubkit.contracts.sports import FixtureListed
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer

consumer = Consumer("chat_service.happenings")


@consumer.on_batch(EventScheduled)
async def keep_events(work: UnitOfWork, facts: Sequence[EventScheduled]) -> None:
    await service.keep_events(work, facts)
    await event_rooms.moved(work, {fact.event_id for fact in facts})


@consumer.on(EventCancelled)
async def call_off(work: UnitOfWork, fact: EventCancelled) -> None:
    await service.call_off(work, fact)
    await event_rooms.called_off(work, fact.event_id)


@consumer.on_batch(EventAnswered)
async def keep_answers(work: UnitOfWork, facts: Sequence[EventAnswered]) -> None:
    await event_rooms.answered(work, await service.keep_answers(work, facts))


@consumer.on_batch(FixtureListed)
async def keep_fixtures(work: UnitOfWork, facts: Sequence[FixtureListed]) -> None:
    await service.keep_fixtures(work, facts)


@consumer.on(MembershipChanged)
async def part(work: UnitOfWork, fact: MembershipChanged) -> None:
    """Who is out of the club is out of its rooms."""
    if fact.role is None:
        await club_rooms.part(work, fact.club_id, fact.member_id)


@consumer.on(ClubClosed)
async def close(work: UnitOfWork, fact: ClubClosed) -> None:
    await club_rooms.close_all(work, fact.club_id)
