"""Who is called in a room may have missed it."""

from collections.abc import Sequence

from chat_service.missed import telling
from clubkit.contracts.chat import MessageEdited, MessageSent
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer

consumer = Consumer("chat_service.missed", linger=0.5)


@consumer.on_batch(MessageSent, MessageEdited, when=lambda said: bool(said.notify))
async def note(work: UnitOfWork, said: Sequence[MessageSent | MessageEdited]) -> None:
    await telling.note(work, said)
