"""The table of notifications."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from social_service.tables import Base


class NotificationRow(Base):
    """What a member is told. While it is unread, more of the same (`open_key`) joins it instead of standing beside it.

    `open_key` is emptied when it is read: unique constraints let any number of empty ones be.
    """

    __tablename__ = "social_notifications"
    __table_args__ = (
        UniqueConstraint("member_id", "open_key"),
        Index("ix_social_notifications_member_id_at_id", "member_id", "at", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36))
    open_key: Mapped[str | None] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[str] = mapped_column(String(80))
    club_id: Mapped[str | None] = mapped_column(String(36))
    link: Mapped[str] = mapped_column(String(160))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What its sentence is made of, besides the actors."""
    actors: Mapped[list[str]] = mapped_column(JSON)
    """Member ids, newest first, each once, at most `MOST_ACTORS`."""
    count: Mapped[int] = mapped_column(Integer, default=1)
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
