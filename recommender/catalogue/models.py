"""The recommender's own copy of what can be ranked and who belongs where, kept from the log."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from recommender.tables import Base


class ItemRow(Base):
    __tablename__ = "rec_items"
    __table_args__ = (Index("ix_rec_items_kind", "kind", "alive"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    club_id: Mapped[str] = mapped_column(String(80))
    club_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    visibility: Mapped[str] = mapped_column(String(8))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    starts_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    alive: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(BigInteger)
    card: Mapped[dict[str, Any]] = mapped_column(JSON)


class MembershipRow(Base):
    __tablename__ = "rec_memberships"
    __table_args__ = (Index("ix_rec_memberships_member_id", "member_id"),)

    club_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    gone: Mapped[bool]
    version: Mapped[int] = mapped_column(BigInteger)


class PlaceRow(Base):
    """Where a member says she lives."""

    __tablename__ = "rec_places"

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    lat: Mapped[float]
    lon: Mapped[float]
