"""The wire shapes of ingest, for operators."""

from datetime import datetime

from pydantic import Field

from clubkit.contracts.base import Contract


class ImportOut(Contract):
    provider: str
    document: str
    sha256: str
    taken: int
    turned_away: int
    at: datetime


class QuarantinedOut(Contract):
    """An entry that was not believed, as it came."""

    provider: str
    document: str
    entry: int = Field(description="place in the document, from 0; -1: the whole document")
    code: str
    reason: str
    raw: str
    at: datetime


class ImportReport(Contract):
    """What an import did. `skipped`: documents that have not changed since they were taken in."""

    documents: int = 0
    skipped: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    overruled: int = 0
    turned_away: int = 0
