"""The tables of clubs: the clubs, who is in them, and invitations."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from clubkit.ids import ClubId
from social_service.tables import Base


class ClubRow(Base):
    """`version` rises with every fact about the club, `revision` only with edits: joins never make an edit stale."""

    __tablename__ = "social_clubs"
    __table_args__ = (
        Index("ix_social_clubs_members_id", "members", "id"),
        Index("ix_social_clubs_created_at_id", "created_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(Text, default="")
    sport: Mapped[str] = mapped_column(String(40), default="")
    hue: Mapped[int] = mapped_column(Integer)
    join_policy: Mapped[str] = mapped_column(String(8))
    place: Mapped[str] = mapped_column(String(120), default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    cover_id: Mapped[str | None] = mapped_column(String(36))
    members: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class MembershipRow(Base):
    """A member's standing in a club. Kept when she leaves, so that `version` only ever rises."""

    __tablename__ = "social_memberships"
    __table_args__ = (
        Index("ix_social_memberships_member_id_state", "member_id", "state"),
        Index("ix_social_memberships_club_id_state_since", "club_id", "state", "since"),
    )

    club_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    """member, pending (asked to join), gone"""
    role: Mapped[str] = mapped_column(String(8), default="member")
    note: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(Integer, default=0)
    since: Mapped[datetime]


class InviteRow(Base):
    """An invitation link. Only the hash of its token is kept."""

    __tablename__ = "social_invites"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    club_id: Mapped[str] = mapped_column(String(36), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[str] = mapped_column(String(36))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    max_uses: Mapped[int] = mapped_column(Integer)
    uses: Mapped[int] = mapped_column(Integer, default=0)
    revoked: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class ImportedClub:
    """A club that existed elsewhere, with the id it shall have here."""

    id: ClubId
    name: str
    about: str
    sport: str
    place: str
    lat: float | None
    lon: float | None
    created_at: datetime
