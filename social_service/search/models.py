"""The table of search: which version of a series the index holds."""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from social_service.tables import Base


class SeriesVersionRow(Base):
    """A series is one document made of many dates; its version counts the facts about any of them."""

    __tablename__ = "social_search_series"

    series_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
