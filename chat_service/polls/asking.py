"""The rules of polls: a question in a message, one vote per member which a later one replaces, and its end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from prometheus_client import Counter

from chat_service.messages import posting, sending
from chat_service.messages import service as messages
from chat_service.messages.schemas import MOST_OPTIONS, CardOut, MessageOut, Receipt, SendMessage, Vote
from chat_service.moderation import gate
from chat_service.moderation import service as moderation
from chat_service.polls.errors import (
    NoSuchOption,
    NotAPoll,
    NotYourPoll,
    OneOnly,
    PollEndsBefore,
    PollIsClosed,
    PollNeedsOptions,
)
from chat_service.polls.schemas import LONGEST_POLL, AskPoll, ClosePoll
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MessageId

polls_asked = Counter("hub_chat_polls_total", "Polls asked in rooms")


async def ask(
    work: UnitOfWork, caller: Caller, wish: AskPoll, *, said: str = "", thread: MessageId | None = None
) -> Receipt:
    """A message with the poll as its card. said: the command that asked it.

    Raises RoomNotFound, ClientIdTaken, PollNeedsOptions, PollEndsBefore, and what the room's gate refuses.
    """
    words = said or "\n".join((wish.question, *wish.options))
    author = sending.author_of(caller)
    if earlier := await posting.done_before(work, wish.room, author, wish.client_id, "message", words):
        return earlier
    gate.may_change(work, await rooms.standing(work, wish.room, caller.member_id), "\n".join(wish.options))
    send = SendMessage(room=wish.room, client_id=wish.client_id, body=wish.question, thread=thread)
    receipt = await sending.send_message(work, caller, send, said=words, card=_card(work, wish))
    polls_asked.inc()
    return receipt


async def vote(work: UnitOfWork, caller: Caller, wish: Vote) -> Receipt:
    """Raises RoomNotFound, MessageNotFound, MessageIsDeleted, NotAPoll, PollIsClosed, NoSuchOption, OneOnly."""
    standing = await rooms.standing(work, wish.room, caller.member_id)
    author, options = sending.author_of(caller), sorted(wish.options)
    if earlier := await posting.done_before(work, wish.room, author, wish.client_id, "voted", options=options):
        return earlier
    gate.may_change(work, standing)
    message, now, _ = await messages.standing_message(work, wish.room, wish.target)
    poll = _open(work, now)
    if len(set(options)) < len(options) or any(option >= len(poll["options"]) for option in options):
        raise NoSuchOption(len(poll["options"]))
    if len(options) > 1 and not poll["multiple"]:
        raise OneOnly
    return await messages.change(work, message, "voted", author, wish.client_id, {"options": options})


async def close(work: UnitOfWork, caller: Caller, wish: ClosePoll) -> Receipt:
    """Raises RoomNotFound, MessageNotFound, MessageIsDeleted, NotAPoll, PollIsClosed, NotYourPoll."""
    standing = await rooms.standing(work, wish.room, caller.member_id)
    author = sending.author_of(caller)
    if earlier := await posting.done_before(work, wish.room, author, wish.client_id, "notice"):
        return earlier
    message, now, _ = await messages.standing_message(work, wish.room, wish.target)
    if now.author_id != caller.member_id and not await moderation.may_moderate(work, standing, caller.member_id):
        raise NotYourPoll
    _open(work, now)
    return await messages.notice_about(work, message, "poll_closed", author, wish.client_id)


def _open(work: UnitOfWork, message: MessageOut) -> dict[str, Any]:
    if message.card is None or message.card.kind != "poll":
        raise NotAPoll
    poll = message.card.data
    ends = poll.get("closes_at")
    if poll.get("closed_at") or (ends and datetime.fromisoformat(ends) <= work.now):
        raise PollIsClosed
    return poll


def _card(work: UnitOfWork, wish: AskPoll) -> CardOut:
    if len(wish.options) < 2 or _alike(wish.options):
        raise PollNeedsOptions(MOST_OPTIONS)
    ends = min(wish.closes_at, work.now + LONGEST_POLL) if wish.closes_at else None
    if ends is not None and ends <= work.now:
        raise PollEndsBefore
    data = {
        "question": wish.question, "options": list(wish.options), "multiple": wish.multiple,
        "closes_at": ends.isoformat() if ends else None,
    }  # fmt: skip
    return CardOut(kind="poll", id=None, title=wish.question, data=data)


def _alike(options: Sequence[str]) -> bool:
    return len({option.casefold() for option in options}) < len(options)
