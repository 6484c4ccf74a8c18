"""Events and fixtures as other domains of chat know them."""

from datetime import datetime

from clubkit.contracts.base import Contract
from clubkit.ids import ClubId, EventId, FixtureId


class EventBrief(Contract):
    id: EventId
    club_id: ClubId
    club_name: str
    hue: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime | None
    tzid: str
    cancelled: bool


class FixtureBrief(Contract):
    id: FixtureId
    league: str
    round: str
    home: str
    away: str
    kickoff_at: datetime
    status: str
