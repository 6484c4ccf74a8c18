"""The table of webhooks. Only a token's hash is kept: who has the table cannot write in a room."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.tables import Base


class HookRow(Base):
    """An address outside programs write into a room by."""

    __tablename__ = "chat_hooks"
    __table_args__ = (Index("ix_chat_hooks_room_id", "room_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    room_id: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(String(60))
    hue: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    posts: Mapped[int] = mapped_column(default=0)
