"""The table of picks."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from sports_service.tables import Base


class PickRow(Base):
    """A member's pick. `settled_version` is the fixture's version the points were reckoned from.

    Season and kick-off are copied from the fixture when it is settled, for boards to add up without it.
    """

    __tablename__ = "sports_picks"
    __table_args__ = (
        Index("ix_sports_picks_member_id", "member_id"),
        # Boards add up from these alone, without a look into the table.
        Index("ix_sports_picks_board", "kickoff_at", "member_id", "points", "placed_at"),
        Index("ix_sports_picks_season_board", "season_id", "member_id", "points", "kickoff_at", "placed_at"),
    )

    fixture_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    choice: Mapped[str] = mapped_column(String(1))
    placed_at: Mapped[datetime]
    points: Mapped[int | None]
    rule: Mapped[str | None] = mapped_column(String(12))
    settled_version: Mapped[int | None]
    season_id: Mapped[str | None] = mapped_column(String(36))
    kickoff_at: Mapped[datetime | None]
