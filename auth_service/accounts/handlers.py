"""Auth listens to social: a member who changes her name there has the new one in her next token."""

from collections.abc import Sequence

from auth_service.accounts import service
from clubkit.contracts.social import ProfileChanged
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer

consumer = Consumer("auth_service.accounts")


@consumer.on_batch(ProfileChanged)
async def keep_names(work: UnitOfWork, profiles: Sequence[ProfileChanged]) -> None:
    await service.keep_names(work, {profile.member_id: profile.name for profile in profiles})
