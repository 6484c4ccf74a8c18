"""The tables of devices that want to be told, and of what they may have to be told."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.tables import Base


class PushDeviceRow(Base):
    """A browser that wants to be told. It goes with the session in which that was said."""

    __tablename__ = "chat_push_devices"
    __table_args__ = (
        Index("ix_chat_push_devices_member_id", "member_id"),
        Index("ix_chat_push_devices_digest", "digest"),
    )

    session_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36))
    endpoint: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    """Of the endpoint, which may be long."""
    p256dh: Mapped[bytes] = mapped_column(LargeBinary(65))
    auth: Mapped[bytes] = mapped_column(LargeBinary(16))
    at: Mapped[datetime]


class PushDueRow(Base):
    """A member with such a device was called in a room, and has until `due_at` to read it herself."""

    __tablename__ = "chat_push_due"
    __table_args__ = (Index("ix_chat_push_due_due_at", "due_at"),)

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(36))
    """The newest that called her."""
    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    """When the first of them was said."""
    due_at: Mapped[datetime]
