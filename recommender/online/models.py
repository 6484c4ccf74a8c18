"""Members' windows as last told by the feature store: what the ranking in memory is rebuilt from."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from recommender.tables import Base


class WindowRow(Base):
    __tablename__ = "rec_windows"

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    window: Mapped[list[Any]] = mapped_column(JSON)
    """Each: [kind, item_id, action, weight, at (seconds), club_id], oldest first."""
    at: Mapped[datetime]
