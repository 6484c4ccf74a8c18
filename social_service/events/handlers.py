"""Events listen for who leaves a club, and for clubs that close."""

from clubkit.contracts.social import ClubClosed, MembershipChanged
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from social_service.events import parting

consumer = Consumer("social_service.events")


@consumer.on(MembershipChanged)
async def give_seats_back(work: UnitOfWork, change: MembershipChanged) -> None:
    if change.role is None:
        await parting.give_back(work, change.club_id, change.member_id)


@consumer.on(ClubClosed)
async def call_off(work: UnitOfWork, closed: ClubClosed) -> None:
    await parting.call_off_all(work, closed.club_id)
