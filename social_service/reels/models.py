"""The tables of reels and likes."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from social_service.tables import Base


class ReelRow(Base):
    """A reel from its upload on. `source` is the file in scratch until it is prepared."""

    __tablename__ = "social_reels"
    __table_args__ = (
        Index("ix_social_reels_club_id_published_at", "club_id", "published_at", "id"),
        Index("ix_social_reels_author_id_published_at", "author_id", "published_at"),
        Index("ix_social_reels_published_at_id", "published_at", "id"),
        UniqueConstraint("author_id", "upload_key"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    author_id: Mapped[str] = mapped_column(String(36))
    club_id: Mapped[str] = mapped_column(String(36))
    caption: Mapped[str] = mapped_column(String(500), default="")
    visibility: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    progress: Mapped[float] = mapped_column(default=0.0)
    stage: Mapped[str] = mapped_column(String(80), default="")
    failure: Mapped[str | None] = mapped_column(String(300))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    source: Mapped[str | None] = mapped_column(String(80))
    job_id: Mapped[str] = mapped_column(String(36))
    upload_key: Mapped[str | None] = mapped_column(String(255))
    """The Idempotency-Key of the upload: sent again, it answers this reel."""
    video_key: Mapped[str | None] = mapped_column(String(80))
    poster_key: Mapped[str | None] = mapped_column(String(80))
    captions_key: Mapped[str | None] = mapped_column(String(80))
    colour: Mapped[str | None] = mapped_column(String(7))
    tiny: Mapped[str | None] = mapped_column(Text)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    duration_s: Mapped[float] = mapped_column(default=0.0)
    likes: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class ReelLikeRow(Base):
    __tablename__ = "social_reel_likes"
    __table_args__ = (Index("ix_social_reel_likes_member_id", "member_id"),)

    reel_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime]
