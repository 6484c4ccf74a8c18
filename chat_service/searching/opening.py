"""The index of messages is kept whole."""

from datetime import datetime

from chat_service.searching.index import MessageIndex
from chat_service.searching.rebuilding import has_any
from clubkit.contracts.chat import MessageIndexAsked
from clubkit.search.healing import Healing


def _ask(at: datetime) -> MessageIndexAsked:
    return MessageIndexAsked(index="messages", at=at)


HEALING = Healing(MessageIndex, has_any, _ask)
