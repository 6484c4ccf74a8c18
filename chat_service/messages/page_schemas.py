"""The wire shapes of stretches of a room's history."""

from chat_service.messages.event_schemas import RoomNotice
from chat_service.messages.schemas import Epoch, MessageOut, Nth, Seq
from clubkit.contracts.base import Contract
from clubkit.ids import RoomId


class MessagesPage(Contract):
    """Messages of a room as they were at `head`, oldest first: what happens next in the room goes on from there.

    notices: the room's own lines between them, oldest first; of very many only the last. None in a thread.
    """

    room: RoomId
    epoch: Epoch
    messages: tuple[MessageOut, ...]
    notices: tuple[RoomNotice, ...] = ()
    head: Seq
    nth: Nth
    has_older: bool
    has_newer: bool


class Thread(Contract):
    root: MessageOut
    answers: MessagesPage
