"""Payloads and what was turned away of them: as values, and as the tables that remember them."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sports_service.tables import Base


@dataclass(frozen=True, slots=True)
class Document:
    """One payload as it came, for example one season of one league."""

    name: str
    raw: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """An entry that was not believed: its place in the document (-1: all of it), why, and what it said."""

    entry: int
    code: str
    reason: str
    raw: str


class ImportRow(Base):
    """A payload as last taken in: its hash tells whether there is anything to do."""

    __tablename__ = "sports_imports"

    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    document: Mapped[str] = mapped_column(String(160), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    taken: Mapped[int]
    turned_away: Mapped[int]
    at: Mapped[datetime]


class QuarantineRow(Base):
    """An entry that was not believed, as it came, with the reason. A corrected payload clears it."""

    __tablename__ = "sports_quarantine"
    __table_args__ = (Index("ix_sports_quarantine_provider_document", "provider", "document"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    provider: Mapped[str] = mapped_column(String(20))
    document: Mapped[str] = mapped_column(String(160))
    entry: Mapped[int]
    """Its place in the document, from 0; -1: the whole document."""
    code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(300))
    raw: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
