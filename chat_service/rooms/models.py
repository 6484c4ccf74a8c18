"""The tables of rooms, who is in them, and the names chat shows."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.rooms.schemas import Level, RoomKind, RoomRole
from chat_service.tables import Base


class RoomRow(Base):
    __tablename__ = "chat_rooms"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[RoomKind] = mapped_column(String(10))
    club_id: Mapped[str | None] = mapped_column(String(36), index=True)
    title: Mapped[str] = mapped_column(String(120))
    hue: Mapped[int]
    pair_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    """The two member ids of a direct talk in order: there is one talk per pair."""
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(String(36))
    topic: Mapped[str] = mapped_column(String(250), default="")
    event_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    """The event whose guests talk here: one room per event."""
    archived_at: Mapped[datetime | None]
    """Since when it can be read and no longer written in."""
    slow_seconds: Mapped[int] = mapped_column(default=0)
    """How long a member waits between two messages; moderators do not."""
    keep_days: Mapped[int | None]
    """After how many days messages go; null: never."""
    blocked: Mapped[str] = mapped_column(Text, default="")
    """The club's blocked terms, folded, one a line: a copy in each of its rooms, so that sending looks nowhere else."""


class RoomMemberRow(Base):
    """Who is in a room, and how far she has read: one row per member, never one per message."""

    __tablename__ = "chat_room_members"
    __table_args__ = (
        Index("ix_chat_room_members_member_id", "member_id"),
        Index("ix_chat_room_members_room_id_level", "room_id", "level"),
    )

    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    role: Mapped[RoomRole] = mapped_column(String(10))
    read_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    version: Mapped[int] = mapped_column(BigInteger, default=0)
    gone: Mapped[bool] = mapped_column(default=False)
    """Left, or removed. The row stays so that an older fact cannot bring her back."""
    joined_at: Mapped[datetime]
    level: Mapped[Level | None] = mapped_column(String(8))
    """What she is told of besides the push; null: as rooms of this kind go."""
    quiet_until: Mapped[datetime | None]
    """Until when she wants to be told nothing."""
    silenced_until: Mapped[datetime | None]
    """Until when a moderator lets her read only."""
    barred_until: Mapped[datetime | None]
    """Until when she is not let in, whatever else the row says."""


class PersonRow(Base):
    """The names chat shows, kept from social's facts."""

    __tablename__ = "chat_people"

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    handle: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    hue: Mapped[int]
    avatar_url: Mapped[str | None] = mapped_column(String(300))
