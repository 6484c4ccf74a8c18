"""Interactions on their way to Parquet."""

from datetime import datetime

from sqlalchemy import Float, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from clubkit.db.models import Sequence64
from feature_store.tables import Base


class StagedRow(Base):
    """An interaction kept in the transaction that counted it, until a job has it in a Parquet file."""

    __tablename__ = "feature_staged"
    __table_args__ = (Index("ix_feature_staged_day", "day"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Sequence64, primary_key=True, autoincrement=True)
    fact_id: Mapped[str] = mapped_column(String(36), unique=True)
    at: Mapped[datetime]
    day: Mapped[int] = mapped_column(Integer)
    """Days since 1970 (UTC) of `at`: the partition."""
    member_id: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(10))
    item_id: Mapped[str] = mapped_column(String(36))
    action: Mapped[str] = mapped_column(String(12))
    club_id: Mapped[str | None] = mapped_column(String(36))
    surface: Mapped[str] = mapped_column(String(12))
    rank_id: Mapped[str | None] = mapped_column(String(36))
    value: Mapped[float] = mapped_column(Float)
