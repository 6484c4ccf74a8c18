"""Tables that stand in every service's database: outbox, offsets, inbox, dead letters, jobs, idempotency."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clubkit.db.types import KitBase

Sequence64 = BigInteger().with_variant(Integer, "sqlite")


class OutboxRow(KitBase):
    """A fact on its way out. In the embedded hub this table is the log itself."""

    __tablename__ = "kit_outbox"
    __table_args__ = (Index("ix_kit_outbox_topic_id", "topic", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Sequence64, primary_key=True, autoincrement=True)
    fact_id: Mapped[str] = mapped_column(String(36), unique=True)
    topic: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(80))
    type: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str] = mapped_column(Text)
    trace_id: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime]


class OffsetRow(KitBase):
    """How far a consumer group has read the embedded log."""

    __tablename__ = "kit_offsets"

    group: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, default=0)


class InboxRow(KitBase):
    """A fact that a group has already taken effect of. Written in the transaction of the effect."""

    __tablename__ = "kit_inbox"

    group: Mapped[str] = mapped_column(String(80), primary_key=True)
    fact_id: Mapped[str] = mapped_column(String(36), primary_key=True)


class ParkedRow(KitBase):
    """A fact that its group tries again later, or one that waits behind it because it has the same key."""

    __tablename__ = "kit_parked"
    __table_args__ = (UniqueConstraint("group", "fact_id"), Index("ix_kit_parked_group_key_id", "group", "key", "id"))

    id: Mapped[int] = mapped_column(Sequence64, primary_key=True, autoincrement=True)
    group: Mapped[str] = mapped_column(String(80))
    fact_id: Mapped[str] = mapped_column(String(36))
    topic: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(80))
    type: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str] = mapped_column(Text)
    trace_id: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")


class DeadLetterRow(KitBase):
    """A record its handler could not take, kept with the reason."""

    __tablename__ = "kit_dead_letters"

    id: Mapped[int] = mapped_column(Sequence64, primary_key=True, autoincrement=True)
    group: Mapped[str] = mapped_column(String(80), index=True)
    fact_id: Mapped[str] = mapped_column(String(36))
    topic: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(80))
    type: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class JobRow(KitBase):
    """A background job: due, claimed, done or failed. The row is the truth; Celery only carries the id."""

    __tablename__ = "kit_jobs"
    __table_args__ = (Index("ix_kit_jobs_state_due_at", "state", "due_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    unique_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="due")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    progress: Mapped[float] = mapped_column(default=0.0)
    stage: Mapped[str] = mapped_column(String(160), default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class IdempotencyRow(KitBase):
    """The answer already given under an Idempotency-Key, replayed for the same body for 24 hours and more."""

    __tablename__ = "kit_idempotency"

    owner: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
