"""The commands there are. Each makes of what was typed what is sent instead."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from pydantic import ValidationError

from chat_service.commands import cards, parsing
from chat_service.commands.errors import CommandNeeds, Help
from chat_service.messages import sending
from chat_service.messages.schemas import Receipt, SendMessage
from chat_service.polls import asking
from chat_service.polls.schemas import AskPoll
from chat_service.rooms import changing
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller


@dataclass(frozen=True)
class Ask:
    """A command as it came: whole (`send`), and what stands behind its name (`rest`)."""

    work: UnitOfWork
    caller: Caller
    send: SendMessage
    rest: str

    @property
    def said(self) -> str:
        return self.send.body.strip()


Run = Callable[[Ask], Awaitable[Receipt]]


@dataclass(frozen=True)
class Command:
    """leaves: what takes a place in the room when it was done."""

    name: str
    usage: str
    summary: str
    run: Run = field(repr=False)
    leaves: Literal["message", "notice"] = "message"


async def _me(ask: Ask) -> Receipt:
    if not ask.rest:
        raise CommandNeeds("/me is on the way")
    return await _instead(ask, f"_{ask.caller.name} {ask.rest}_")


async def _shrug(ask: Ask) -> Receipt:
    return await _instead(ask, f"{ask.rest} ¯\\_(ツ)_/¯".strip())


async def _poll(ask: Ask) -> Receipt:
    text = parsing.poll(ask.rest)
    if len(text.parts) < 3:
        raise CommandNeeds(POLL_USAGE)
    question, *options = text.parts
    ends = ask.work.now + text.lasts if text.lasts else None
    try:
        wish = AskPoll(
            room=ask.send.room, client_id=ask.send.client_id, question=question, options=tuple(options),
            multiple=text.multiple, closes_at=ends,
        )  # fmt: skip
    except ValidationError:
        raise CommandNeeds(POLL_USAGE) from None
    return await asking.ask(ask.work, ask.caller, wish, said=ask.said, thread=ask.send.thread)


async def _event(ask: Ask) -> Receipt:
    card = await cards.event(ask.work, ask.caller.member_id, ask.send.room, ask.rest)
    send = ask.send.model_copy(update={"body": card.title})
    return await sending.send_message(ask.work, ask.caller, send, said=ask.said, card=card)


async def _pick(ask: Ask) -> Receipt:
    card = await cards.pick(ask.work, ask.rest)
    send = ask.send.model_copy(update={"body": card.title})
    return await sending.send_message(ask.work, ask.caller, send, said=ask.said, card=card)


async def _topic(ask: Ask) -> Receipt:
    if not ask.rest or len(ask.rest) > 250:
        raise CommandNeeds("/topic Who brings what on Saturday (250 letters at most)")
    return await changing.set_topic(ask.work, ask.caller, ask.send.room, ask.rest, ask.send.client_id)


async def _help(_: Ask) -> Receipt:
    raise Help([command.usage for command in COMMANDS.values() if command.name != "help"])


async def _instead(ask: Ask, body: str) -> Receipt:
    send = ask.send.model_copy(update={"body": body})
    return await sending.send_message(ask.work, ask.caller, send, said=ask.said)


POLL_USAGE = '/poll "Who drives?" "I do" "Not me" --multiple --for 2d'
COMMANDS = {
    command.name: command
    for command in (
        Command("poll", POLL_USAGE, "Ask the room a question with answers to choose from", _poll),
        Command("event", "/event Training", "Show an event of the club that is coming up", _event),
        Command("pick", "/pick Harbour", "Show a match that can still be picked", _pick),
        Command("me", "/me is on the way", "Say what you do", _me),
        Command("shrug", "/shrug no idea", "Shrug: ¯\\_(ツ)_/¯", _shrug),
        Command("topic", "/topic Saturday's match", "Set the room's topic", _topic, leaves="notice"),
        Command("help", "/help", "Which commands there are", _help),
    )
}
