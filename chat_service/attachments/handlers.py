"""Files follow their messages: made good where a claim was lost, let go where the message went."""

from collections.abc import Sequence

from chat_service.attachments import claiming
from chat_service.messages import service
from clubkit.contracts.chat import HistoryTruncated, MessageDeleted, MessageSent
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer

consumer = Consumer("chat_service.attachments", linger=0.5)


@consumer.on_batch(MessageSent, when=lambda sent: sent.has_attachments)
async def make_good(work: UnitOfWork, sent: Sequence[MessageSent]) -> None:
    for message in (await service.messages_now(work, [each.message_id for each in sent])).values():
        await claiming.put_in(work, message.id, [file.id for file in message.attachments])


@consumer.on_batch(MessageDeleted)
async def let_go(work: UnitOfWork, deleted: Sequence[MessageDeleted]) -> None:
    await claiming.let_go(work, [each.message_id for each in deleted])


@consumer.on(HistoryTruncated)
async def let_go_of_old(work: UnitOfWork, truncated: HistoryTruncated) -> None:
    """Those of messages that are not there any more."""
    with_files = await claiming.messages_with_files(work, truncated.room_id)
    there = await service.messages_now(work, with_files) if with_files else {}
    await claiming.let_go(work, [each for each in with_files if each not in there])
