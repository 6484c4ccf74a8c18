"""The table of signing keys, and a key as the rules know it."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from auth_service.tables import Base


class SigningKeyRow(Base):
    """An Ed25519 key pair. The private half is sealed with the hub's secret."""

    __tablename__ = "auth_signing_keys"

    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3 …: two processes that make the next key at once make one."""
    key_id: Mapped[str] = mapped_column(String(36), unique=True)
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary(100))
    signs_from: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class SigningKey:
    generation: int
    key_id: str
    public: Ed25519PublicKey
    sealed: bytes
    signs_from: datetime
