"""Sports' own copy of names and memberships, kept from social's facts."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from sports_service.tables import Base


class PersonRow(Base):
    __tablename__ = "sports_people"

    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    handle: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    hue: Mapped[int]
    avatar_url: Mapped[str | None] = mapped_column(String(300))


class ClubMemberRow(Base):
    """A member's standing in a club; `gone` keeps the version, so that an older fact brings nobody back."""

    __tablename__ = "sports_club_members"

    club_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True, index=True)
    gone: Mapped[bool]
    version: Mapped[int]
