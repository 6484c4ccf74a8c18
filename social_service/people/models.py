"""The tables of people: a profile per member, and who follows whom."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from social_service.tables import Base


class PersonRow(Base):
    """A member's profile. `version` rises with every change."""

    __tablename__ = "social_people"

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    handle: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    bio: Mapped[str] = mapped_column(Text, default="")
    hue: Mapped[int] = mapped_column(Integer)
    avatar_url: Mapped[str | None] = mapped_column(String(200))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    language: Mapped[str] = mapped_column(String(16), default="en")
    theme: Mapped[str] = mapped_column(String(8), default="system")
    personalise: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]


class FollowRow(Base):
    __tablename__ = "social_follows"
    __table_args__ = (Index("ix_social_follows_followed_id", "followed_id"),)

    follower_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    followed_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime]
