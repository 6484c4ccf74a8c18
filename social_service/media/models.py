"""The table of uploaded pictures."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from social_service.tables import Base


class MediaRow(Base):
    """A picture in its sizes. `sizes`: [{key, width, height}], rising in width; keys name files in `Blobs`."""

    __tablename__ = "social_media"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    colour: Mapped[str] = mapped_column(String(7))
    tiny: Mapped[str] = mapped_column(Text)
    alt: Mapped[str] = mapped_column(String(500), default="")
    sizes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """Since when it is shown somewhere. One that never is goes after a day."""
