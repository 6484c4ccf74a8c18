"""The index follows chat's own facts: a fact says which message, the store says what it is now."""

from collections.abc import Sequence

from chat_service.messages import service as messages
from chat_service.searching import rebuilding
from chat_service.searching.documents import LAST_VERSION, of_message
from chat_service.searching.index import KIND, MessageIndex
from clubkit.contracts.chat import (
    HistoryTruncated,
    MessageDeleted,
    MessageEdited,
    MessageIndexAsked,
    MessageSent,
)
from clubkit.db.work import UnitOfWork, Works
from clubkit.log.consumer import Consumer

consumer = Consumer("chat_service.search", max_batch=500, effects_outside=True, linger=0.3)


@consumer.on_batch(MessageSent, MessageEdited)
async def index_messages(work: UnitOfWork, said: Sequence[MessageSent | MessageEdited]) -> None:
    now = await messages.messages_now(work, list(dict.fromkeys(each.message_id for each in said)))
    index = work.port(MessageIndex)
    await index.put_many([of_message(message) for message in now.values() if message.deleted_at is None])


@consumer.on_batch(MessageDeleted)
async def forget_messages(work: UnitOfWork, deleted: Sequence[MessageDeleted]) -> None:
    index = work.port(MessageIndex)
    for each in deleted:
        await index.delete(KIND, each.message_id, LAST_VERSION)
    await index.refresh()


@consumer.on_batch(HistoryTruncated, MessageIndexAsked)
async def make_anew(work: UnitOfWork, _asked: Sequence[HistoryTruncated | MessageIndexAsked]) -> None:
    """After the commit, so that nobody waits for the database meanwhile. Who was truncated cannot be asked any more."""
    works = work.port(Works)

    async def rebuild() -> None:
        await rebuilding.rebuild(works)

    work.after_commit(rebuild)
