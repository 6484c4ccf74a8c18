"""Who is called in a room may have to be told; who signs out is told no more."""

from collections.abc import Sequence

from chat_service.pushes import telling
from chat_service.pushes.store import PushStore
from clubkit.contracts.auth import MemberDeleted, MemberSignedOut
from clubkit.contracts.chat import MessageEdited, MessageSent
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer

consumer = Consumer("chat_service.pushes", linger=0.5)


@consumer.on_batch(MessageSent, MessageEdited, when=lambda said: bool(said.notify))
async def note(work: UnitOfWork, said: Sequence[MessageSent | MessageEdited]) -> None:
    await telling.note(work, said)


@consumer.on(MemberSignedOut)
async def signed_out(work: UnitOfWork, fact: MemberSignedOut) -> None:
    await PushStore(work).forget(fact.session_id)


@consumer.on(MemberDeleted)
async def deleted(work: UnitOfWork, fact: MemberDeleted) -> None:
    await PushStore(work).forget_member(fact.member_id)
