"""Chat's own small copies of what others hold: events to come, who comes, and open fixtures."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.tables import Base


class EventRow(Base):
    """An event as the newest fact said."""

    __tablename__ = "chat_events"
    __table_args__ = (Index("ix_chat_events_club_id_starts_at", "club_id", "starts_at"),)

    event_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    club_id: Mapped[str] = mapped_column(String(36))
    club_name: Mapped[str] = mapped_column(String(120), default="")
    hue: Mapped[int] = mapped_column(default=260)
    host_id: Mapped[str | None] = mapped_column(String(36))
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    tzid: Mapped[str] = mapped_column(String(60), default="UTC")
    cancelled: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]


class GuestRow(Base):
    """Who answered an event, and whether with yes."""

    __tablename__ = "chat_guests"
    __table_args__ = (Index("ix_chat_guests_member_id", "member_id"),)

    event_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    coming: Mapped[bool]


class FixtureRow(Base):
    """A match to pick, as the newest fact said."""

    __tablename__ = "chat_fixtures"
    __table_args__ = (Index("ix_chat_fixtures_kickoff_at", "kickoff_at"),)

    fixture_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    league: Mapped[str] = mapped_column(String(120))
    round: Mapped[str] = mapped_column(String(80))
    home: Mapped[str] = mapped_column(String(120))
    away: Mapped[str] = mapped_column(String(120))
    kickoff_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
