"""The rules of answering: one answer per member and event, seats never oversold, the line kept in order."""

from clubkit.contracts.interactions import Action, MemberInteracted, Surface
from clubkit.contracts.social import EventAnswered, SeatGiven
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, EventId, MemberId, RankId
from clubkit.realtime.wire import Wire, club_channel
from social_service.clubs import service as clubs
from social_service.clubs.schemas import ClubBrief
from social_service.events import seating, service
from social_service.events.errors import AnswersClosed, EventIsOff, EventIsOver, EventNotFound, NoGuests
from social_service.events.models import AnswerRow, EventRow
from social_service.events.schemas import Answer, Answered, AnswerIn, Standing, Turnout
from social_service.events.seating import Held, House, Party
from social_service.events.store import AnswerStore, EventStore, Mine
from social_service.events.wording import in_line
from social_service.people import service as people

ACTIONS: dict[Answer, Action] = {"yes": "rsvp_yes", "maybe": "rsvp_maybe", "no": "rsvp_no"}
LINE_AT_ONCE = 500


async def answer(work: UnitOfWork, caller: Caller, event_id: EventId, wish: AnswerIn) -> Answered:
    """Takes an answer under the event's lock, and moves the line up where it frees seats.

    Raises EventNotFound, EventIsOff, EventIsOver, AnswersClosed, NoGuests, PartyTooLarge, NoRoomForGuests.
    """
    viewer = await clubs.viewer(work, caller.member_id)
    event = await EventStore(work).event(event_id, viewer, lock=True)
    if event is None:
        raise EventNotFound
    _check_open(work, event, wish)
    await people.ensure(work, caller)
    guests = wish.guests if wish.answer == "yes" else 0
    row, earlier = await _put(work, event, caller.member_id, wish.answer, guests)
    row.note, row.answered_at = wish.note, work.now
    await move_up(work, event)
    if wish.answer != earlier:
        publish_answer(work, event, row, wish.surface, wish.rank_id)
    push_turnout(work, event)
    await work.session.flush()
    mine = (await AnswerStore(work).mine(caller.member_id, [event.id]))[event.id]
    return _answered(event, mine)


async def move_up(work: UnitOfWork, event: EventRow) -> list[Party]:
    """Seats those at the head of the line who fit, and tells them. The event's row must be locked."""
    if not event.waiting:
        return []
    await work.session.flush()
    rows = {row.member_id: row for row in await AnswerStore(work).line(event.id, LINE_AT_ONCE)}
    line = [Party(row.member_id, 1 + row.guests) for row in rows.values()]
    moved = list(seating.seat_next(house_of(event), line))
    for party in moved:
        _restand(event, rows[party.member_id], "going")
    if moved:
        club = service.club_of(await clubs.briefs(work, [event.club_id]), event)
        work.publish(*(_seat_given(work, event, club, MemberId(party.member_id)) for party in moved))
    return moved


def house_of(event: EventRow) -> House:
    return House(event.capacity, event.going, event.waiting)


def publish_answer(
    work: UnitOfWork, event: EventRow, row: AnswerRow, surface: Surface, rank_id: RankId | None = None
) -> None:
    work.publish(
        MemberInteracted(
            member_id=MemberId(row.member_id), kind="event", item_id=event.id, action=ACTIONS[row.answer],  # type: ignore[index]
            club_id=ClubId(event.club_id), surface=surface, rank_id=rank_id, at=row.answered_at,
        ),
        EventAnswered(
            event_id=EventId(event.id), club_id=ClubId(event.club_id), member_id=MemberId(row.member_id),
            answer=row.answer, at=row.answered_at,
        ),
    )  # fmt: skip


def push_turnout(work: UnitOfWork, event: EventRow) -> None:
    """Tells the club's open apps how full it is now; who misses it sees the truth with the next load."""
    wire = work.port(Wire)
    turnout = Turnout(event_id=EventId(event.id), going=event.going, waiting=event.waiting, capacity=event.capacity)
    channel = club_channel(ClubId(event.club_id))
    work.after_commit(lambda: wire.emit("event.answers", turnout, to=channel))


def stand(event: EventRow, row: AnswerRow, standing: Standing, guests: int) -> None:
    """Gives an answer its standing, and keeps the event's counts."""
    if standing == "waiting" and row.standing != "waiting":
        event.turns += 1
        row.turn = event.turns
    event.going -= seating.seats_of(row.standing, row.guests)  # type: ignore[arg-type]
    row.guests = guests
    event.going += seating.seats_of(row.standing, row.guests)  # type: ignore[arg-type]
    _restand(event, row, standing)


def _restand(event: EventRow, row: AnswerRow, standing: Standing) -> None:
    before = row.standing
    event.going += seating.seats_of(standing, row.guests) - seating.seats_of(before, row.guests)  # type: ignore[arg-type]
    event.waiting += (standing == "waiting") - (before == "waiting")
    event.maybe += (standing == "maybe") - (before == "maybe")
    row.standing = standing
    if standing != "waiting":
        row.turn = None


async def _put(
    work: UnitOfWork, event: EventRow, member_id: MemberId, answer: Answer, guests: int
) -> tuple[AnswerRow, str | None]:
    """The member's row with its new standing, and what she had answered before."""
    store = AnswerStore(work)
    row = await store.one(event.id, member_id)
    earlier = row.answer if row else None
    held = seating.NOTHING
    if row is not None:
        held = Held(row.standing, seating.seats_of(row.standing, row.guests))  # type: ignore[arg-type]
    standing = seating.place(house_of(event), held, answer, guests)
    if row is None:
        row = new_answer(event.id, member_id)
        row.answered_at = work.now
        store.add(row)
    row.answer = answer
    stand(event, row, standing, guests)
    return row, earlier


def new_answer(event_id: str, member_id: str) -> AnswerRow:
    """An answer that holds nothing yet; "no" counts nowhere, so counts start right."""
    return AnswerRow(event_id=event_id, member_id=member_id, answer="no", standing="no", guests=0, note="", turn=None)


def _check_open(work: UnitOfWork, event: EventRow, wish: AnswerIn) -> None:
    if event.status == "cancelled":
        raise EventIsOff
    if event.ends_at <= work.now:
        raise EventIsOver
    if wish.answer != "no" and event.answers_close_at <= work.now:
        raise AnswersClosed
    if wish.guests and not event.guests_allowed:
        raise NoGuests


def _seat_given(work: UnitOfWork, event: EventRow, club: ClubBrief, member_id: MemberId) -> SeatGiven:
    return SeatGiven(
        event_id=EventId(event.id), club_id=ClubId(event.club_id), club_hue=club.hue, title=event.title,
        starts_at=event.starts_at, tzid=event.tzid, member_id=member_id, at=work.now,
    )  # fmt: skip


def _answered(event: EventRow, mine: Mine) -> Answered:
    return Answered(
        event_id=EventId(event.id), my_answer=service.my_answer(mine), going=event.going, maybe=event.maybe,
        waiting=event.waiting, capacity=event.capacity, message=_message(mine),
    )  # fmt: skip


def _message(mine: Mine) -> str:
    row = mine.row
    if row.standing == "waiting" and mine.position:
        return f"It is full just now. {in_line(mine.position)}"
    with_guests = f" with {row.guests} guest{'s' * (row.guests > 1)}" if row.guests else ""
    sentences = {"going": f"You are going{with_guests}.", "maybe": "You may come.", "no": "You are not coming."}
    return sentences[row.standing]
