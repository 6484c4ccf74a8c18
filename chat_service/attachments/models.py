"""The table of files that were uploaded to be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.tables import Base


class AttachmentRow(Base):
    """A file of a room. In no message yet, it is its owner's alone; afterwards it is the room's.

    `files`: variant → {key, type, name?}: keys name files in `Blobs` and leave this table for nowhere.
    """

    __tablename__ = "chat_attachments"
    __table_args__ = (
        UniqueConstraint("owner_id", "upload_key"),
        Index("ix_chat_attachments_message_id", "message_id"),
        Index("ix_chat_attachments_created_at", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(36))
    owner_id: Mapped[str] = mapped_column(String(36))
    upload_key: Mapped[str | None] = mapped_column(String(255))
    """The Idempotency-Key of the upload: sent again, it answers this file."""
    message_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    alt: Mapped[str] = mapped_column(String(500), default="")
    files: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="ready")
    """ready, or of a clip: preparing, failed."""
    source: Mapped[str | None] = mapped_column(String(80))
    """The file in scratch that a clip is prepared from."""
    created_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    """Since when nobody is shown it any more; the sweep takes its files away."""
