"""The tables of accounts, registrations on their way, and one-use links."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from auth_service.tables import Base

LONGEST_HANDLE = 30


class AccountRow(Base):
    """A member who has shown that the address is hers. Nothing here before that."""

    __tablename__ = "auth_accounts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    handle: Mapped[str] = mapped_column(String(LONGEST_HANDLE), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    credentials_version: Mapped[int] = mapped_column(default=1)
    """Rises with each new password. A session of an older version cannot be renewed."""
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class RegistrationRow(Base):
    """Somebody asked for an account. She waits here, with her own password, until her link is used.

    An address may wait more than once: each mail opens the account of the form it came from, so nobody can
    put a password of his own under an address that another person then verifies.
    """

    __tablename__ = "auth_registrations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    handle: Mapped[str | None] = mapped_column(String(LONGEST_HANDLE))
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class TicketRow(Base):
    """A link in a mail that works once. Only its SHA-256 is kept."""

    __tablename__ = "auth_tickets"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(36), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
