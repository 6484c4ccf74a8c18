"""The tables of what waits to be read, and of who wants no mail about it."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.tables import Base


class MissedRow(Base):
    """A member was called in a room, and has until `due_at` to read it herself. One row, however often it was."""

    __tablename__ = "chat_missed"
    __table_args__ = (Index("ix_chat_missed_due_at", "due_at"),)

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(36))
    """The newest that called her."""
    seq: Mapped[int] = mapped_column(BigInteger)
    due_at: Mapped[datetime]


class MailChoiceRow(Base):
    """What a member wants to be mailed, once she said so or was mailed for the first time."""

    __tablename__ = "chat_mail_choices"

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    wanted: Mapped[bool] = mapped_column(default=True)
    last_at: Mapped[datetime | None]
    """When the last mail was asked for."""
