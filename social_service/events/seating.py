"""Who gets a seat: pure rules over counts, so that they can be tried out on their own.

Three promises: the seats taken never exceed the capacity; nobody is overtaken in the waiting line; who has a seat
keeps it until she gives it back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from social_service.events.errors import NoRoomForGuests, PartyTooLarge
from social_service.events.schemas import Answer, Standing


@dataclass(frozen=True, slots=True)
class House:
    """An event's seats: how many there are (None: no limit), how many are taken, how many parties wait."""

    capacity: int | None
    taken: int
    waiting: int

    def free(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken


@dataclass(frozen=True, slots=True)
class Held:
    """What a member holds before she answers again."""

    standing: Standing
    seats: int


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in the waiting line, with the seats she needs."""

    member_id: str
    seats: int


NOTHING = Held("no", 0)


def place(house: House, held: Held, answer: Answer, guests: int) -> Standing:
    """Where an answer puts its member. Raises PartyTooLarge, NoRoomForGuests."""
    if answer != "yes":
        return answer
    seats = 1 + guests
    if house.capacity is not None and seats > house.capacity:
        raise PartyTooLarge(house.capacity)
    if held.standing == "going":
        _check_more(house, seats - held.seats)
        return "going"
    if held.standing == "waiting":
        return "waiting"  # she keeps her turn; whether it has come is for `seat_next`
    return "going" if not house.waiting and _fits(house, seats) else "waiting"


def seat_next(house: House, line: Iterable[Party]) -> Iterator[Party]:
    """Who moves up from the line, given in order. Stops at the first that does not fit: nobody is overtaken."""
    for party in line:
        if not _fits(house, party.seats):
            return
        yield party
        house = House(house.capacity, house.taken + party.seats, house.waiting - 1)


def seats_of(standing: Standing, guests: int) -> int:
    """Seats that a standing takes."""
    return 1 + guests if standing == "going" else 0


def _fits(house: House, seats: int) -> bool:
    return house.capacity is None or house.taken + seats <= house.capacity


def _check_more(house: House, more: int) -> None:
    if more <= 0:
        return
    if house.waiting:
        raise NoRoomForGuests(0)
    if not _fits(house, more):
        raise NoRoomForGuests(max(0, house.free() or 0))
