"""What was just said and has links in it is looked at by a job."""

from collections.abc import Sequence
from datetime import timedelta

from chat_service.messages import service
from chat_service.previews.jobs import PREVIEW
from chat_service.previews.links import links_in
from chat_service.settings import PreviewRules
from clubkit.contracts.chat import MessageEdited, MessageSent
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from clubkit.settings import Settings

consumer = Consumer("chat_service.previews", linger=0.2)

WHOLE = 140
"""A shorter preview is all of the message."""
STALE = timedelta(hours=6)
"""What was said longer ago (an import, a log read again after a long pause) is not looked at any more."""


def may_link(said: MessageSent | MessageEdited) -> bool:
    """False when the fact tells already: most messages are short, have no link, and need not be read again."""
    is_whole = len(said.preview) < WHOLE
    return isinstance(said, MessageEdited) or not is_whole or "http" in said.preview.lower()


@consumer.on_batch(MessageSent, MessageEdited, when=may_link)
async def look_at_links(work: UnitOfWork, said: Sequence[MessageSent | MessageEdited]) -> None:
    if not work.ports[PreviewRules].enabled:
        return
    news = [each.message_id for each in said if work.now - each.at < STALE]
    if not news:
        return
    own = work.ports[Settings].base_url
    for message in (await service.messages_now(work, news)).values():
        if links_in(message.body, own=own) or message.previews:
            work.schedule(PREVIEW, room_id=message.room, message_id=message.id)
