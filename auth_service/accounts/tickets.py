"""Links that work once: 256 random bits in the mail, their SHA-256 in the table."""

import hashlib
import secrets
from datetime import timedelta
from typing import Literal

from auth_service.accounts.models import TicketRow
from auth_service.accounts.store import AccountStore
from clubkit.db.work import UnitOfWork

Purpose = Literal["verify", "reset"]
LIFETIMES: dict[Purpose, timedelta] = {"verify": timedelta(hours=24), "reset": timedelta(hours=1)}


def issue(work: UnitOfWork, purpose: Purpose, subject_id: str) -> str:
    """The text for the link. It is told to the mail and to nobody else."""
    text = secrets.token_urlsafe(32)
    expires_at = work.now + LIFETIMES[purpose]
    row = TicketRow(digest=digest_of(text), purpose=purpose, subject_id=subject_id, expires_at=expires_at)
    AccountStore(work).add(row)
    return text


def digest_of(text: str) -> str:
    """Plain SHA-256 is enough here: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(text.encode()).hexdigest()
