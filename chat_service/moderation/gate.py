"""What stands between a member and a room she wants to write in."""

from math import ceil

from chat_service.moderation import terms
from chat_service.moderation.errors import RoomArchived, Silenced, SlowDown, WordsRefused
from chat_service.moderation.store import ModerationStore
from chat_service.rooms.schemas import Standing
from clubkit.db.work import UnitOfWork
from clubkit.errors import Outcome
from clubkit.ids import MemberId

UNHURRIED = frozenset({"owner", "admin", "moderator"})
"""Whom slow mode does not slow."""


def may_change(work: UnitOfWork, standing: Standing, body: str = "") -> None:
    """Before an edit, a reaction, a pin or a vote. Raises RoomArchived, Silenced, WordsRefused."""
    if standing.archived:
        raise RoomArchived
    if standing.silenced_until and standing.silenced_until > work.now:
        raise Silenced(standing.silenced_until)
    if term := terms.found(standing.blocked, body):
        raise WordsRefused(term)


def may_be_called(blocked: str, words: str, pointer: str) -> None:
    """Before a room's title or topic, or what is said of a file. blocked: the club's terms, as its rooms hold them.

    Raises WordsRefused.
    """
    if term := terms.found(blocked, words):
        raise WordsRefused(term, pointer)


def is_open(work: UnitOfWork, standing: Standing, body: str) -> bool:
    """Whether `may_send` refuses nothing, and takes no turn: known without asking the database."""
    try:
        may_change(work, standing, body)
    except Outcome:
        return False
    return not standing.slow_seconds or standing.role in UNHURRIED


async def may_send(work: UnitOfWork, standing: Standing, member_id: MemberId, body: str) -> None:
    """Before a new message, and not before the repetition of one that stands; takes the member's turn in a slow room.

    Asks the database only in a slow room. Raises RoomArchived, Silenced, WordsRefused, SlowDown.
    """
    may_change(work, standing, body)
    every = standing.slow_seconds
    if not every or standing.role in UNHURRIED:
        return
    last = await ModerationStore(work).take_turn(standing.room_id, member_id, every)
    if last is not None:
        wait = every - (work.now - last).total_seconds()
        raise SlowDown(every, max(1, ceil(wait)))
