"""The tables of events: series and their dates, answers, reminders, calendar addresses."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from social_service.tables import Base

WALL = "%Y-%m-%dT%H:%M"
"""Wall times are kept as text: they are no instants, and must not be turned into any by a column type."""


def wall_text(local: datetime) -> str:
    return local.strftime(WALL)


def wall_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


class _Described:
    """What a series plans and each of its dates may have differently."""

    club_id: Mapped[str] = mapped_column(String(36))
    host_id: Mapped[str] = mapped_column(String(36))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    capacity: Mapped[int | None] = mapped_column(Integer)
    guests_allowed: Mapped[bool] = mapped_column(default=False)
    rsvp_deadline_minutes: Mapped[int] = mapped_column(Integer, default=0)
    visibility: Mapped[str] = mapped_column(String(8))
    reminders: Mapped[list[int]] = mapped_column(JSON, default=list)
    starts_local: Mapped[str] = mapped_column(String(16))
    duration_minutes: Mapped[int] = mapped_column(Integer)
    tzid: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def starts_wall(self) -> datetime:
        return wall_time(self.starts_local)


class SeriesRow(_Described, Base):
    """A plan: one date, or many by a rule. Wall time and zone are the truth; the dates follow from them."""

    __tablename__ = "social_series"
    __table_args__ = (
        Index("ix_social_series_club_id", "club_id"),
        Index("ix_social_series_made_until", "made_until"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    rrule: Mapped[str | None] = mapped_column(String(600))
    exdates: Mapped[list[str]] = mapped_column(JSON, default=list)
    made_until: Mapped[datetime | None]
    """Up to where dates are made; null when the rule gives no more."""
    split_from: Mapped[str | None] = mapped_column(String(36))
    cancelled_at: Mapped[datetime | None]


class EventRow(_Described, Base):
    """One date of a series. `going` counts seats, `waiting` and `maybe` members; both change under its lock."""

    __tablename__ = "social_events"
    __table_args__ = (
        Index("ix_social_events_club_id_starts_at", "club_id", "starts_at"),
        Index("ix_social_events_series_id_starts_at", "series_id", "starts_at"),
        Index("ix_social_events_starts_at", "starts_at"),
        Index("ix_social_events_club_id_announces_created_at", "club_id", "announces", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    series_id: Mapped[str] = mapped_column(String(36))
    original_local: Mapped[str] = mapped_column(String(16))
    """The wall time its rule gave it: it keeps this name (RECURRENCE-ID) when it is moved on its own."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    repeats: Mapped[bool] = mapped_column(default=False)
    announces: Mapped[bool] = mapped_column(default=False)
    """The one date that stands for its series in feeds."""
    status: Mapped[str] = mapped_column(String(10), default="scheduled")
    cancel_reason: Mapped[str] = mapped_column(String(500), default="")
    own: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Fields changed for this date alone; edits of the series leave them."""
    version: Mapped[int] = mapped_column(Integer, default=1)
    going: Mapped[int] = mapped_column(Integer, default=0)
    maybe: Mapped[int] = mapped_column(Integer, default=0)
    waiting: Mapped[int] = mapped_column(Integer, default=0)
    turns: Mapped[int] = mapped_column(Integer, default=0)
    """How many have ever stood in its waiting line; gives the next one her turn."""

    @property
    def original_wall(self) -> datetime:
        return wall_time(self.original_local)

    @property
    def answers_close_at(self) -> datetime:
        return self.starts_at - timedelta(minutes=self.rsvp_deadline_minutes)


class AnswerRow(Base):
    """A member's answer. `turn`: her place in the waiting line, lower is earlier; null when she is not in it."""

    __tablename__ = "social_answers"
    __table_args__ = (
        Index("ix_social_answers_member_id", "member_id", "standing"),
        Index("ix_social_answers_event_id_standing", "event_id", "standing", "turn"),
    )

    event_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    answer: Mapped[str] = mapped_column(String(6))
    standing: Mapped[str] = mapped_column(String(8))
    guests: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str] = mapped_column(String(280), default="")
    turn: Mapped[int | None] = mapped_column(Integer)
    answered_at: Mapped[datetime]


class ReminderRow(Base):
    """When to remind those who are coming. Rewritten whenever its event moves."""

    __tablename__ = "social_event_reminders"
    __table_args__ = (Index("ix_social_event_reminders_due_at", "due_at"),)

    event_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    minutes_before: Mapped[int] = mapped_column(Integer, primary_key=True)
    due_at: Mapped[datetime]


class CalendarLinkRow(Base):
    """An address a calendar app reads a club's events from, as one member. Only the token's hash is kept."""

    __tablename__ = "social_calendar_links"
    __table_args__ = (Index("ix_social_calendar_links_member_id", "member_id", "club_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36))
    club_id: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]


def values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
