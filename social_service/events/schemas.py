"""The wire shapes of events: what an admin plans, what a member sees and answers."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, NaiveDatetime, StringConstraints, model_validator

from clubkit.contracts.base import Contract
from clubkit.contracts.interactions import Surface
from clubkit.contracts.social import Visibility
from clubkit.ids import ClubId, EventId, MemberId, RankId
from social_service.clubs.schemas import ClubBrief
from social_service.people.schemas import PersonBrief

Answer = Literal["yes", "maybe", "no"]
Standing = Literal["going", "waiting", "maybe", "no"]
"""What an answer came to: a yes is going, or waiting for a seat."""
Status = Literal["scheduled", "cancelled"]
Scope = Literal["this", "following", "all"]
"""How much of a series an edit means. `all` leaves what is past as it was."""

MOST_GUESTS = 5


@cache
def _zones() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if zone == "UTC" or "/" in zone)


def _known_zone(zone: str) -> str:
    if zone not in _zones():
        raise ValueError("this is not a time zone we know; write it like Europe/Berlin")
    return zone


def _whole_minute(local: datetime) -> datetime:
    if local.second or local.microsecond:
        raise ValueError("give the time in whole minutes")
    if not 2000 <= local.year <= 2090:
        raise ValueError("this year is too far away")
    return local


def _distinct(minutes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(minutes), reverse=True))


Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
"""An IANA name. With the wall time it is the truth of when something happens; instants follow from the two."""
WallTime = Annotated[NaiveDatetime, AfterValidator(_whole_minute)]
"""What the clock on the wall shows, without an offset: 2026-03-29T18:30:00."""
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Text = Annotated[str, StringConstraints(max_length=8_000)]
Place = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Minutes = Annotated[int, Field(ge=5, le=14 * 1440)]
Seats = Annotated[int, Field(ge=1, le=5_000)]
Guests = Annotated[int, Field(ge=0, le=MOST_GUESTS)]
Deadline = Annotated[int, Field(ge=0, le=60 * 1440, description="minutes before the start")]
Rule = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
"""The value of an RFC 5545 RRULE: FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270630."""
ExDates = Annotated[tuple[WallTime, ...], Field(max_length=200)]
Reminders = Annotated[
    tuple[Annotated[int, Field(ge=5, le=28 * 1440)], ...], Field(max_length=5), AfterValidator(_distinct)
]
"""Minutes before the start at which those who are coming are reminded."""
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Timing(Contract):
    """When something happens, once or again and again. Without a rule: once."""

    starts_local: WallTime
    duration_minutes: Minutes = 90
    tzid: Zone
    rrule: Rule | None = None
    exdates: ExDates = ()


class NewEvent(Timing):
    title: Title
    text: Text = ""
    place: Place = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    capacity: Seats | None = Field(None, description="seats, guests counted; null: as many as come")
    guests_allowed: bool = False
    rsvp_deadline_minutes: Deadline = 0
    visibility: Visibility = "club"
    reminders: Reminders = ()

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("a place on the map needs both lat and lon")
        return self


class EventPatch(Contract):
    """What to change (JSON Merge Patch): a field left out stays, null takes a value away where there may be none."""

    title: Title = ""
    text: Text = ""
    starts_local: WallTime | None = None
    duration_minutes: Minutes = 90
    tzid: Zone = "UTC"
    rrule: Rule | None = None
    exdates: ExDates = ()
    place: Place = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    capacity: Seats | None = None
    guests_allowed: bool = False
    rsvp_deadline_minutes: Deadline = 0
    visibility: Visibility = "club"
    reminders: Reminders = ()


class Cancelling(Contract):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class NextDate(Contract):
    """One date: on the wall, and as an instant. `note` says what a clock change does to it."""

    local: NaiveDatetime
    utc: datetime
    ends_utc: datetime
    note: str | None = None


class Preview(Contract):
    """What a rule means, before anything is stored."""

    summary: str = Field(description="the rule in plain words")
    next_dates: tuple[NextDate, ...] = Field(description="the first ten")
    dates: int = Field(description="how many there are up to the planning horizon")
    endless: bool = Field(description="it repeats until somebody stops it")


class MyAnswer(Contract):
    answer: Answer
    guests: int
    note: str
    standing: Standing
    position: int | None = Field(None, description="place in the waiting line, 1 is next")
    answered_at: datetime


class EventCard(Contract):
    """One event (one date of a series) as it stands in lists. `going` counts seats: members and their guests."""

    id: EventId
    series_id: str
    club: ClubBrief
    title: str
    starts_at: datetime
    ends_at: datetime
    starts_local: NaiveDatetime
    tzid: str
    place: str
    lat: float | None
    lon: float | None
    capacity: int | None
    going: int
    maybe: int
    waiting: int
    guests_allowed: bool
    answers_close_at: datetime
    status: Status
    repeats: bool
    visibility: Visibility
    my_answer: MyAnswer | None
    created_at: datetime
    version: int


class Attendee(Contract):
    person: PersonBrief
    standing: Standing
    guests: int
    note: str
    answered_at: datetime


class Step(Contract):
    """A neighbour in the series."""

    id: EventId
    starts_at: datetime


class SeriesOut(Contract):
    """The plan behind the dates."""

    id: str
    starts_local: NaiveDatetime
    duration_minutes: int
    tzid: str
    rrule: str | None
    exdates: tuple[NaiveDatetime, ...]
    summary: str
    endless: bool
    reminders: tuple[int, ...]
    rsvp_deadline_minutes: int


class EventOut(EventCard):
    """The event's own page. Its ETag is what an edit is made on."""

    text: str
    host: PersonBrief | None
    coming: tuple[Attendee, ...] = Field(description="the first twelve who are going")
    series: SeriesOut
    previous: Step | None
    next: Step | None
    cancel_reason: str
    may_edit: bool


class Scheduled(Contract):
    """A new series: its plan, its first dates as events, and what comes next."""

    series: SeriesOut
    events: tuple[EventCard, ...] = Field(description="the first ten dates as events")
    next_dates: tuple[NextDate, ...]
    dates: int


class Changed(Contract):
    """What an edit came to."""

    event: EventCard
    changed: int = Field(description="dates that changed")
    added: int = 0
    cancelled: int = 0


class Calendar(Contract):
    """Events by start. `complete` is false when the range holds more than one answer may."""

    data: tuple[EventCard, ...]
    complete: bool = True


class AnswerIn(Contract):
    answer: Answer
    guests: Guests = 0
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=280)] = ""
    surface: Surface = "event"
    rank_id: RankId | None = None


class Answered(Contract):
    """How an answer was taken. `message` says it in a sentence: "You are 3rd in line." """

    event_id: EventId
    my_answer: MyAnswer
    going: int
    maybe: int
    waiting: int
    capacity: int | None
    message: str


class Turnout(Contract):
    """The wire's `event.answers`: how many seats are taken now."""

    event_id: EventId
    going: int
    waiting: int
    capacity: int | None


class CalendarLink(Contract):
    """An address a calendar app may read. Whoever holds it sees the club's events: it is shown once."""

    url: str
    webcal_url: str


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """An event that existed elsewhere, with the id it shall have here."""

    id: EventId
    club_id: ClubId
    host_id: MemberId | None
    title: str
    text: str
    starts_at: datetime
    duration_minutes: int
    tzid: str
    created_at: datetime
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    capacity: int | None = None
    visibility: Visibility = "public"


@dataclass(frozen=True, slots=True)
class ImportedAnswer:
    """An answer that was given elsewhere."""

    event_id: EventId
    member_id: MemberId
    answer: Answer
    at: datetime
    guests: int = 0
