"""The table of pages that were looked at."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chat_service.tables import Base


class PreviewRow(Base):
    """What a page said of itself when it was last looked at; no title: nothing, or it was not reached."""

    __tablename__ = "chat_previews"

    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Of the address, which may be long."""
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(200))
    site: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(400))
    image_key: Mapped[str | None] = mapped_column(String(80))
    looked_at: Mapped[datetime]
