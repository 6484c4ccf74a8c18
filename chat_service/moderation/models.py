"""The tables of moderation: what members reported, what moderators did, and whose turn it is in slow rooms."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.moderation.schemas import Deed, Outcome, Reason
from chat_service.tables import Base


class ReportRow(Base):
    """A member's report. It keeps what the message said then, whatever becomes of the message."""

    __tablename__ = "chat_reports"
    __table_args__ = (
        UniqueConstraint("message_id", "reporter_id"),
        Index("ix_chat_reports_room_id_resolved_at", "room_id", "resolved_at"),
        Index("ix_chat_reports_club_id_resolved_at", "club_id", "resolved_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(36))
    club_id: Mapped[str | None] = mapped_column(String(36))
    message_id: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int] = mapped_column(BigInteger)
    author_id: Mapped[str | None] = mapped_column(String(36))
    author_name: Mapped[str] = mapped_column(String(80))
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    reporter_id: Mapped[str] = mapped_column(String(36))
    reason: Mapped[Reason] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None] = mapped_column(String(36))
    outcome: Mapped[Outcome | None] = mapped_column(String(10))
    outcome_reason: Mapped[str] = mapped_column(String(500), default="")


class DeedRow(Base):
    """Who moderated what, when and why. Written once, never changed."""

    __tablename__ = "chat_deeds"
    __table_args__ = (
        Index("ix_chat_deeds_room_id_id", "room_id", "id"),
        Index("ix_chat_deeds_club_id_id", "club_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(36))
    club_id: Mapped[str | None] = mapped_column(String(36))
    by: Mapped[str] = mapped_column(String(36))
    by_name: Mapped[str] = mapped_column(String(80))
    what: Mapped[Deed] = mapped_column(String(14))
    member_id: Mapped[str | None] = mapped_column(String(36))
    message_id: Mapped[str | None] = mapped_column(String(36))
    why: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]


class TurnRow(Base):
    """When a member last wrote in a slow room."""

    __tablename__ = "chat_turns"

    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime]
