"""What was taken in and what was turned away, in SQL."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from clubkit.db.upsert import upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import new_id
from sports_service.ingest.models import Document, ImportRow, QuarantineRow, TurnedAway


class ImportStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def taken(self, provider: str) -> dict[str, str]:
        """The hash of each document as last taken in."""
        query = select(ImportRow.document, ImportRow.sha256).where(ImportRow.provider == provider)
        return {row.document: row.sha256 for row in await self._session.execute(query)}

    async def take(self, provider: str, document: Document, taken: int, turned_away: Sequence[TurnedAway]) -> None:
        """Notes a document; its quarantine is what this reading turned away and no other."""
        row = {
            "provider": provider, "document": document.name, "sha256": document.sha256, "taken": taken,
            "turned_away": len(turned_away), "at": self._now,
        }  # fmt: skip
        await upsert(self._session, ImportRow, [row], keys=["provider", "document"])
        mine = (QuarantineRow.provider == provider, QuarantineRow.document == document.name)
        await self._session.execute(delete(QuarantineRow).where(*mine))
        self._session.add_all(
            QuarantineRow(
                id=new_id(), provider=provider, document=document.name, entry=t.entry, code=t.code,
                reason=t.reason, raw=t.raw, at=self._now,
            )
            for t in turned_away
        )  # fmt: skip

    async def quarantined(self, after: tuple[str, int] | None, limit: int) -> Sequence[QuarantineRow]:
        """By document and place."""
        query = select(QuarantineRow).order_by(QuarantineRow.document, QuarantineRow.entry).limit(limit)
        if after is not None:
            document, entry = after
            behind = QuarantineRow.document > document
            query = query.where(behind | ((QuarantineRow.document == document) & (QuarantineRow.entry > entry)))
        return (await self._session.scalars(query)).all()

    async def imports(self) -> Sequence[ImportRow]:
        return (await self._session.scalars(select(ImportRow).order_by(ImportRow.provider, ImportRow.document))).all()
