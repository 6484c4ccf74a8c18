"""The tables of messages, and the value the rules work with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.tables import Base
from clubkit.ids import MemberId, MessageId, RoomId


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has its place in the room."""

    id: MessageId
    room_id: RoomId
    author_id: MemberId
    author_name: str
    client_id: str
    body: str
    reply_to: MessageId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Message(Draft):
    seq: int


class HeadRow(Base):
    """The newest seq of a room. Counting up happens under its lock, which is what keeps the sequence dense."""

    __tablename__ = "chat_heads"

    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class MessageRow(Base):
    __tablename__ = "chat_messages"
    __table_args__ = (
        UniqueConstraint("room_id", "author_id", "client_id"),
        Index("ix_chat_messages_author_id", "author_id"),
    )

    room_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    author_id: Mapped[str] = mapped_column(String(36))
    author_name: Mapped[str] = mapped_column(String(80))
    client_id: Mapped[str] = mapped_column(String(36))
    body: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[datetime]
