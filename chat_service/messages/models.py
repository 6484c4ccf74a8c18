"""The tables of messages, and the values the rules work with."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.messages.schemas import Source
from chat_service.tables import Base
from clubkit.ids import MemberId, MessageId, RoomId

Kind = Literal["message", "edited", "deleted", "reacted", "pinned", "previewed", "voted", "notice", "truncated"]
"""truncated: taken out of the room's history. Only its receipt is left, for a sender who asks again."""

PREVIEW = 140
"""Characters of a message that a quote, a room list or a notification shows."""
HUB = "hub"
"""Who writes what no member and no webhook does."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes. Client ids are unique among what one author writes in a room."""

    id: str
    name: str
    source: Source = "member"

    @property
    def member_id(self) -> MemberId | None:
        return MemberId(self.id) if self.source == "member" else None


THE_HUB = Author(HUB, "", "bot")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """Something that is to take the next place in a room. `target`: the message it is about.

    mentioned: whom its words call, as keys (`chat_service.messages.mentions`).
    data: what only its kind has, as plain values.
    """

    id: MessageId
    room_id: RoomId
    kind: Kind
    author: Author
    client_id: str
    at: datetime
    body: str = ""
    target: MessageId | None = None
    target_seq: int | None = None
    thread: MessageId | None = None
    mentioned: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(NewEntry):
    """It has its place. nth: how many messages the room had by then, this one included."""

    seq: int
    nth: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Floor:
    """Where a room's history begins: its first seq, and how many messages were before that."""

    seq: int
    nth: int


@dataclass(frozen=True, slots=True)
class RoomAnswers:
    """How many answers a message has in its thread, and when the last one came."""

    count: int
    last_at: datetime


class HeadRow(Base):
    """How far a room goes. Counting up happens under its lock, which is what keeps the sequence dense."""

    __tablename__ = "chat_heads"

    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    nth: Mapped[int] = mapped_column(BigInteger)
    epoch: Mapped[int]
    floor_seq: Mapped[int] = mapped_column(BigInteger)
    floor_nth: Mapped[int] = mapped_column(BigInteger)


class EntryRow(Base):
    """Everything that happened in a room, one row each and never changed, but for those that are truncated."""

    __tablename__ = "chat_entries"
    __table_args__ = (
        UniqueConstraint("room_id", "author_id", "client_id"),
        Index("ix_chat_entries_room_id_kind_seq", "room_id", "kind", "seq"),
        Index("ix_chat_entries_target", "target"),
        Index("ix_chat_entries_thread", "thread"),
    )

    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    nth: Mapped[int] = mapped_column(BigInteger)
    epoch: Mapped[int]
    id: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[Kind] = mapped_column(String(10))
    author_id: Mapped[str] = mapped_column(String(36))
    author_name: Mapped[str] = mapped_column(String(80))
    source: Mapped[Source] = mapped_column(String(8))
    client_id: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime]
    body: Mapped[str] = mapped_column(Text)
    target: Mapped[str | None] = mapped_column(String(36))
    target_seq: Mapped[int | None] = mapped_column(BigInteger)
    thread: Mapped[str | None] = mapped_column(String(36))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class MentionRow(Base):
    """Whom a message calls by name, and whom by @here; one row for all of a room, or of a team."""

    __tablename__ = "chat_mentions"

    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    who: Mapped[str] = mapped_column(String(48), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """Of the message, or of the edit that has her name in it."""
    target: Mapped[str] = mapped_column(String(36))
    target_seq: Mapped[int] = mapped_column(BigInteger)


class DraftRow(Base):
    """What a member has begun to write in a room: it follows her over her devices."""

    __tablename__ = "chat_drafts"

    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
