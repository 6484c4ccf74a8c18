"""Chat's own copy of who is in which club and what they are called, kept from social's facts."""

from collections.abc import Sequence

from chat_service.rooms import noticing, service
from chat_service.rooms.store import RoomStore
from clubkit.contracts.social import ClubChanged, MembershipChanged, ProfileChanged
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer

consumer = Consumer("chat_service.rooms")


@consumer.on_batch(ProfileChanged)
async def keep_names(work: UnitOfWork, profiles: Sequence[ProfileChanged]) -> None:
    await RoomStore(work).put_people(profiles)


@consumer.on(ClubChanged)
async def keep_club_room(work: UnitOfWork, club: ClubChanged) -> None:
    await service.keep_club_room(work, club.club_id, club.name, club.hue)


@consumer.on(MembershipChanged)
async def keep_standing(work: UnitOfWork, change: MembershipChanged) -> None:
    room_id = await service.keep_club_room(work, change.club_id, change.club_name, change.club_hue)
    head = await noticing.head_of(work, room_id)
    await service.set_standing(work, room_id, change.member_id, role=change.role, version=change.version, head=head)
