"""The tables of achievements and activity."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from social_service.tables import Base


class MarkRow(Base):
    """One thing that counts for a member: an event she said yes to, a message, a right pick, an active week.

    Counting is having the row, so the log may tell it twice, and taking back is deleting it.
    """

    __tablename__ = "social_marks"

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    counter: Mapped[str] = mapped_column(String(16), primary_key=True)
    mark: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime]


class BadgeRow(Base):
    """A badge somebody earned. It stays, whatever is taken back later."""

    __tablename__ = "social_badges"
    __table_args__ = (Index("ix_social_badges_badge", "badge"),)

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    badge: Mapped[str] = mapped_column(String(40), primary_key=True)
    earned_at: Mapped[datetime]


class ActivityRow(Base):
    """Something a member did, for her activity feed. Without a club it is for anybody."""

    __tablename__ = "social_activity"
    __table_args__ = (Index("ix_social_activity_member_id_at", "member_id", "at"),)

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    club_id: Mapped[str | None] = mapped_column(String(36))
    text: Mapped[str] = mapped_column(String(280), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    at: Mapped[datetime]
