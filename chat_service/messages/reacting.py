"""The rules of reacting and pinning: small changes that anybody in the room may make."""

import unicodedata

from chat_service.messages import announcing, posting, service
from chat_service.messages.errors import NotAnEmoji, TooManyKinds, TooManyPins
from chat_service.messages.models import Entry
from chat_service.messages.schemas import MessageOut, PinMessage, ReactTo, Receipt
from chat_service.messages.sending import author_of
from chat_service.messages.store import MessageStore
from chat_service.moderation import gate
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId, MessageId, RoomId

MOST_KINDS = 30
MOST_PINS = 100
_LOOKED_THROUGH = 2_000
"""Pins put on and taken off, newest first, among which those that are on are found."""
_PARTS = frozenset({"So", "Sk", "Me", "Mn", "Cf"})
"""Categories of what an emoji is made of: signs, skin tones, keycaps, variants, joiners and tags."""
_KEYCAPS = frozenset("0123456789#*")


async def react(work: UnitOfWork, member: Caller, reaction: ReactTo) -> Receipt:
    """Raises RoomNotFound, MessageNotFound, MessageIsDeleted, NotAnEmoji, TooManyKinds."""
    standing = await rooms.standing(work, reaction.room, member.member_id)
    author, data = author_of(member), {"emoji": reaction.emoji, "on": reaction.on}
    if earlier := await posting.done_before(
        work, reaction.room, author, reaction.client_id, "reacted", emoji=reaction.emoji, on=reaction.on
    ):
        return earlier
    gate.may_change(work, standing)
    if not is_emoji(reaction.emoji):
        raise NotAnEmoji
    message, now, _ = await service.standing_message(work, reaction.room, reaction.target)
    kinds = {each.emoji for each in now.reactions}
    if reaction.on and reaction.emoji not in kinds and len(kinds) >= MOST_KINDS:
        raise TooManyKinds(MOST_KINDS)
    entry = posting.new_entry(work, reaction.room, "reacted", author, reaction.client_id, about=message, data=data)
    return posting.receipt_of(await posting.post(work, entry, announcing.reacted(message)))


async def pin(work: UnitOfWork, member: Caller, wish: PinMessage) -> Receipt:
    """Raises RoomNotFound, MessageNotFound, MessageIsDeleted, TooManyPins."""
    standing = await rooms.standing(work, wish.room, member.member_id)
    author = author_of(member)
    if earlier := await posting.done_before(work, wish.room, author, wish.client_id, "pinned", on=wish.on):
        return earlier
    gate.may_change(work, standing)
    message, now, _ = await service.standing_message(work, wish.room, wish.target)
    if wish.on and not now.pinned and len(await _pinned(work, wish.room)) >= MOST_PINS:
        raise TooManyPins(MOST_PINS)
    return await service.change(work, message, "pinned", author, wish.client_id, {"on": wish.on})


async def pins(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> list[MessageOut]:
    """The pinned messages of a room, the last pinned first. Raises RoomNotFound."""
    await rooms.standing(work, room_id, member_id)
    return await _pinned(work, room_id)


def is_emoji(text: str) -> bool:
    """One emoji, or something near to it: signs and what joins them, no letters, no spaces."""
    if not any(unicodedata.category(letter) in {"So", "Me"} for letter in text):
        return text in {"\u203c\ufe0f", "\u2049\ufe0f", "\u3030\ufe0f"}
    return all(unicodedata.category(letter) in _PARTS or letter in _KEYCAPS or letter == "\u200d" for letter in text)


async def _pinned(work: UnitOfWork, room_id: RoomId) -> list[MessageOut]:
    newest: dict[MessageId, Entry] = {}
    for change in await work.port(MessageStore).latest(room_id, "pinned", 2**53, _LOOKED_THROUGH):
        if change.target:
            newest.setdefault(change.target, change)
    order = [target for target, change in newest.items() if change.data["on"]]
    found = await service.messages_now(work, order)
    return [found[each] for each in order if each in found and found[each].pinned]
