"""Plain messages sent together: in one transaction, and in a number of statements that does not grow with them.

Plain is what asks for nothing but its room: no command, no file, no answer to another message, nobody's name. Each gets
what `sending.send_message` would have given it, had they come one after the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chat_service.messages import announcing, posting
from chat_service.messages.errors import EmptyMessage
from chat_service.messages.models import Entry
from chat_service.messages.schemas import Receipt, SendMessage
from chat_service.messages.sending import author_of, read_own
from chat_service.messages.store import MessageStore, Placing, Written
from chat_service.moderation import gate
from chat_service.rooms import places as rooms
from chat_service.rooms.schemas import Place, Who
from clubkit.db.work import UnitOfWork
from clubkit.errors import Outcome
from clubkit.identity import Caller
from clubkit.ids import MemberId, RoomId

Answer = Receipt | Outcome | None
"""None: it has to be sent by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Sending:
    """A message on its way. cause: the trace it belongs to."""

    sender: Caller
    send: SendMessage
    cause: str = ""

    @property
    def who(self) -> Who:
        return self.send.room, self.sender.member_id

    @property
    def key(self) -> Written:
        return self.send.room, self.sender.member_id, self.send.client_id

    @property
    def body(self) -> str:
        return self.send.body.strip()

    @property
    def is_plain(self) -> bool:
        send, body = self.send, self.body
        return not (send.attachments or send.reply_to or send.thread or body.startswith("/") or "@" in body)


async def send_together(work: UnitOfWork, sendings: Sequence[Sending]) -> list[Answer]:
    """Stores plain messages, each in the next place of its room, and answers each. No two of them are the same write.

    Fails for all of them when somebody else writes one of them at the same time.
    """
    places = await rooms.places(work, {each.who for each in sendings})
    earlier = await _written_before(work, sendings)
    answers: dict[Sending, Answer] = {}
    fresh: list[Sending] = []
    held: set[RoomId] = set()  # rooms in which others wait for one that has to be sent by itself
    for each in sendings:
        if not each.body:
            answers[each] = EmptyMessage()
        elif each.key in earlier:
            answers[each] = _again(earlier[each.key], each)
        elif (place := places.get(each.who)) is None:
            answers[each] = None
        elif each.send.room in held or not gate.is_open(work, place.standing, each.body):
            answers[each] = None
            held.add(each.send.room)
        else:
            fresh.append(each)
    if fresh:
        answers.update(await _store(work, fresh, places))
    return [answers[each] for each in sendings]


async def _written_before(work: UnitOfWork, sendings: Sequence[Sending]) -> Mapping[Written, Entry]:
    """Asked of many at once. One alone is tried: should it have a twin, the store finds that."""
    if len(sendings) == 1:
        return {}
    return await work.port(MessageStore).written_before_all([each.key for each in sendings])


def _again(earlier: Entry, sending: Sending) -> Receipt | Outcome:
    try:
        return posting.answer_again(earlier, "message", sending.body, {})
    except Outcome as refusal:
        return refusal


async def _store(work: UnitOfWork, fresh: Sequence[Sending], places: Mapping[Who, Place]) -> Mapping[Sending, Receipt]:
    told = await rooms.told_of_all(work, [places[each.who] for each in fresh])
    placings = [_placing(work, each, places[each.who], told[each.send.room]) for each in fresh]
    stored = await posting.post_all(work, placings)
    new = [
        (each.who, entry)
        for each, placing, entry in zip(fresh, placings, stored, strict=True)
        if entry.id == placing.entry.id
    ]
    await read_own(work, new, {who: place.standing.read_seq for who, place in places.items()})
    return {each: posting.receipt_of(entry) for each, entry in zip(fresh, stored, strict=True)}


def _placing(work: UnitOfWork, sending: Sending, place: Place, told: frozenset[MemberId]) -> Placing:
    standing, sender = place.standing, sending.sender
    entry = posting.new_entry(
        work, standing.room_id, "message", author_of(sender), sending.send.client_id, body=sending.body
    )
    notify = sorted(told - {sender.member_id})
    return Placing(entry, announcing.sent(standing.title, standing.club_id, (), notify), sending.cause)
