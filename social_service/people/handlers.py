"""A profile for everybody who registers."""

from collections.abc import Sequence

from clubkit.contracts.auth import MemberRegistered
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from social_service.people import service

consumer = Consumer("social_service.people")


@consumer.on_batch(MemberRegistered)
async def make_profiles(work: UnitOfWork, members: Sequence[MemberRegistered]) -> None:
    await service.register_many(work, [(m.member_id, m.handle, m.name, m.at) for m in members])
