"""Seats and the waiting line: the promises hold whatever members answer and admins change."""

from dataclasses import dataclass

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from social_service.events.answering import new_answer, stand
from social_service.events.errors import NoRoomForGuests, PartyTooLarge
from social_service.events.models import AnswerRow, EventRow
from social_service.events.schemas import Answer
from social_service.events.seating import NOTHING, Held, House, Party, place, seat_next, seats_of

ANSWERS: list[Answer] = ["yes", "yes", "maybe", "no"]
MEMBERS = [f"m{number}" for number in range(8)]


def an_event(capacity: int | None) -> EventRow:
    return EventRow(id="e", capacity=capacity, going=0, maybe=0, waiting=0, turns=0)


@dataclass
class Room:
    """An event with its answers in memory, moved by the very rules the database is moved by."""

    event: EventRow
    answers: dict[str, AnswerRow]

    def answer(self, member: str, answer: Answer, guests: int) -> None:
        row = self.answers.get(member)
        held = Held(row.standing, seats_of(row.standing, row.guests)) if row else NOTHING
        standing = place(self.house(), held, answer, guests)
        row = self.answers.setdefault(member, new_answer("e", member))
        row.answer = answer
        stand(self.event, row, standing, guests)
        self.move_up()

    def move_up(self) -> None:
        for party in list(seat_next(self.house(), [Party(r.member_id, 1 + r.guests) for r in self.line()])):
            row = self.answers[party.member_id]
            stand(self.event, row, "going", row.guests)

    def line(self) -> list[AnswerRow]:
        waiting = [row for row in self.answers.values() if row.standing == "waiting"]
        return sorted(waiting, key=lambda row: row.turn or 0)

    def house(self) -> House:
        return House(self.event.capacity, self.event.going, self.event.waiting)


class Seats(RuleBasedStateMachine):
    @initialize(capacity=st.one_of(st.none(), st.integers(1, 6)))
    def open(self, capacity: int | None) -> None:
        self.room = Room(an_event(capacity), {})

    @rule(
        member=st.sampled_from(MEMBERS), answer=st.sampled_from(["yes", "yes", "maybe", "no"]), guests=st.integers(0, 3)
    )
    def answer(self, member: str, answer: Answer, guests: int) -> None:
        before = [row.member_id for row in self.room.line()]
        was_going = member in self.room.answers and self.room.answers[member].standing == "going"
        going = {m for m, row in self.room.answers.items() if row.standing == "going"}
        try:
            self.room.answer(member, answer, guests if answer == "yes" else 0)
        except (NoRoomForGuests, PartyTooLarge):
            assert [row.member_id for row in self.room.line()] == before
            return
        after = [row.member_id for row in self.room.line()]
        others = [m for m in before if m != member]
        assert [m for m in after if m in others] == [m for m in others if m in after], "the line keeps its order"
        left = [m for m in others if m not in after]
        assert left == others[: len(left)], "nobody is overtaken"
        assert going - {member} <= {m for m, row in self.room.answers.items() if row.standing == "going"}
        if was_going and answer == "yes":
            assert self.room.answers[member].standing == "going", "a seat is kept until it is given back"
        if before and member not in before and not was_going and answer == "yes":
            assert after[-1:] == [member] or not after, "who comes late stands behind"

    @rule(free=st.one_of(st.integers(0, 3), st.integers(0, 3), st.none()))
    def change_capacity(self, free: int | None) -> None:
        """As an admin may: to no limit, or to anything that holds those who sit already."""
        self.room.event.capacity = None if free is None else max(1, self.room.event.going + free)
        self.room.move_up()

    @invariant()
    def seats_are_never_oversold(self) -> None:
        room = getattr(self, "room", None)
        if room is None:
            return
        taken = sum(1 + row.guests for row in room.answers.values() if row.standing == "going")
        assert room.event.going == taken
        assert room.event.capacity is None or taken <= room.event.capacity
        assert room.event.waiting == len(room.line())
        assert room.event.maybe == sum(row.standing == "maybe" for row in room.answers.values())

    @invariant()
    def nobody_waits_for_a_seat_that_is_free(self) -> None:
        room = getattr(self, "room", None)
        if room is None or not room.line() or room.event.capacity is None:
            return
        assert room.event.going + 1 + room.line()[0].guests > room.event.capacity


TestSeats = Seats.TestCase
TestSeats.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


def test_a_party_larger_than_the_house_is_refused() -> None:
    with pytest.raises(PartyTooLarge):
        place(House(3, 0, 0), NOTHING, "yes", 3)


def test_a_newcomer_does_not_slip_past_a_waiting_party_that_is_too_large_for_the_free_seat() -> None:
    assert place(House(4, 3, 1), NOTHING, "yes", 0) == "waiting"
    assert list(seat_next(House(4, 3, 2), [Party("a", 2), Party("b", 1)])) == []


def test_more_guests_take_free_seats_only_when_nobody_waits() -> None:
    assert place(House(4, 2, 0), Held("going", 1), "yes", 2) == "going"
    with pytest.raises(NoRoomForGuests):
        place(House(4, 2, 1), Held("going", 1), "yes", 1)
    with pytest.raises(NoRoomForGuests):
        place(House(4, 4, 0), Held("going", 1), "yes", 1)
    assert place(House(4, 4, 3), Held("going", 3), "yes", 0) == "going"
