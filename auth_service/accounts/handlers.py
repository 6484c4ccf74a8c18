"""Auth listens to social: a member who changes her name there has the new one in her next token. And to chat: only
auth knows addresses, so what is to be mailed to members is mailed from here; and only auth knows who runs the hub."""

from collections.abc import Sequence
from datetime import timedelta

from auth_service.accounts import operators, service
from auth_service.accounts.jobs import SEND_MISSED
from clubkit.contracts.chat import MessagesMissed, TalkReported
from clubkit.contracts.social import ProfileChanged
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer

consumer = Consumer("auth_service.accounts")


@consumer.on_batch(ProfileChanged)
async def keep_names(work: UnitOfWork, profiles: Sequence[ProfileChanged]) -> None:
    await service.keep_names(work, {profile.member_id: profile.name for profile in profiles})


STALE = timedelta(days=1)
"""A mail that comes a day late is worse than none."""


@consumer.on(MessagesMissed)
async def mail_missed(work: UnitOfWork, missed: MessagesMissed) -> None:
    if work.now - missed.at < STALE:
        work.schedule(SEND_MISSED.name, missed=missed.model_dump(mode="json"))


@consumer.on(TalkReported)
async def call_operators(work: UnitOfWork, report: TalkReported) -> None:
    await operators.call(work, report)
