"""Who was called in what was said, and looking after everybody who is due: for mails and pushes alike."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clubkit.contracts.chat import MessageEdited, MessageSent
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, MessageId, RoomId

BATCH = 200
"""Members who are asked for at once."""


@dataclass(frozen=True)
class Call:
    """By a message, to a member in its room. at: when it was said; of several, when the first of them was."""

    member_id: MemberId
    room_id: RoomId
    message_id: MessageId
    seq: int
    at: datetime


def calls_in(said: Sequence[MessageSent | MessageEdited], *, after: datetime) -> list[Call]:
    """By what was said after that. Nobody calls herself."""
    return [
        Call(member_id, each.room_id, each.message_id, each.seq, each.at)
        for each in said
        if each.at > after
        for member_id in dict.fromkeys(each.notify)
        if member_id != each.author_id
    ]


def newest(calls: Iterable[Call]) -> list[Call]:
    """One for each member and room: by the newest message, at the hour of the first."""
    found: dict[tuple[str, str], Call] = {}
    for call in calls:
        key = (call.member_id, call.room_id)
        first = found.setdefault(key, call)
        if call.seq > first.seq:
            found[key] = replace(call, at=first.at)
    # In the order of their keys, so that two processes never wait for each other's rows.
    return [found[key] for key in sorted(found)]


async def look_after_each(
    works: Works,
    due_members: Callable[[UnitOfWork, int], Awaitable[Sequence[MemberId]]],
    look_after: Callable[[UnitOfWork, MemberId], Awaitable[int]],
) -> int:
    """Looks after everybody who is due, until nobody is; answers what that came to. Each has her own transaction."""
    done = 0
    while True:
        async with works.reading() as work:
            members = await due_members(work, BATCH)
        for member_id in members:
            async with works.open(patient=True) as work:
                done += await look_after(work, member_id)
        if len(members) < BATCH:
            return done
