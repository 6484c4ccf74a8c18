"""What can be refused when events are planned, changed and answered."""

from datetime import datetime

from clubkit.errors import Conflict, Flaw, Invalid, NotFound


class EventNotFound(NotFound):
    code = "event_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such event, or it is not for you.")


class CalendarNotFound(NotFound):
    code = "calendar_not_found"

    def __init__(self) -> None:
        super().__init__("This calendar address does not work any more. Ask for a new one in the club.")


class BadRule(Invalid):
    code = "bad_rule"

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail, errors=[Flaw(pointer, detail, self.code)])


class NoDates(Invalid):
    code = "rule_without_dates"

    def __init__(self) -> None:
        sentence = "This rule never comes to a date in the planning horizon."
        super().__init__(sentence, errors=[Flaw("/rrule", sentence, self.code)])


class StartsInThePast(Invalid):
    code = "starts_in_the_past"

    def __init__(self) -> None:
        sentence = "This start has passed already."
        super().__init__(sentence, errors=[Flaw("/starts_local", sentence, self.code)])


class NotForOneDate(Invalid):
    code = "not_for_one_date"

    def __init__(self, field: str) -> None:
        sentence = "This belongs to the whole series. Change it for this and the following dates, or for all."
        super().__init__(sentence, errors=[Flaw(f"/{field}", sentence, self.code)])


class NeedsARule(Invalid):
    code = "needs_a_rule"

    def __init__(self) -> None:
        sentence = "To move the series to another day, give the new rule with it."
        super().__init__(sentence, errors=[Flaw("/starts_local", sentence, self.code)])


class NothingToTakeAway(Invalid):
    code = "may_not_be_null"

    def __init__(self, field: str) -> None:
        sentence = "This cannot be empty."
        super().__init__(sentence, errors=[Flaw(f"/{field}", sentence, self.code)])


class HalfAPlace(Invalid):
    code = "half_a_place"

    def __init__(self) -> None:
        sentence = "A place on the map needs both lat and lon."
        super().__init__(sentence, errors=[Flaw("/lat", sentence, self.code)])


class BadRange(Invalid):
    code = "bad_range"

    def __init__(self, days: int) -> None:
        sentence = f"Ask for a range of up to {days} days, with offsets: from=2026-03-01T00:00:00Z."
        super().__init__(sentence, errors=[Flaw("/from", sentence, self.code), Flaw("/to", sentence, self.code)])


class EventIsOver(Conflict):
    code = "event_is_over"

    def __init__(self) -> None:
        super().__init__("This event is over. What has happened stays as it was.")


class EventIsOff(Conflict):
    code = "event_is_cancelled"

    def __init__(self) -> None:
        super().__init__("This event was cancelled.")


class AnswersClosed(Conflict):
    code = "answers_closed"

    def __init__(self) -> None:
        super().__init__("The time to answer has passed. You can still say that you cannot come.")


class NoGuests(Invalid):
    code = "no_guests"

    def __init__(self) -> None:
        sentence = "Guests cannot be brought to this event."
        super().__init__(sentence, errors=[Flaw("/guests", sentence, self.code)])


class PartyTooLarge(Invalid):
    code = "party_too_large"

    def __init__(self, capacity: int) -> None:
        sentence = f"There are only {capacity} seats in all."
        super().__init__(sentence, errors=[Flaw("/guests", sentence, self.code)])


class NoRoomForGuests(Conflict):
    code = "no_room_for_guests"

    def __init__(self, free: int) -> None:
        left = "no seat is" if free == 0 else "1 seat is" if free == 1 else f"{free} seats are"
        super().__init__(f"You keep your place, but {left} left for more guests.")


class SeatsTaken(Conflict):
    code = "seats_taken"

    def __init__(self, going: int, when: datetime) -> None:
        super().__init__(f"{going} seats are taken already on {when:%d %B %Y}. Fewer than that cannot be offered.")
