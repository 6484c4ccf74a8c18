"""The rules of taking fixtures in: a document at a time, whole or not at all, twice is harmless."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from clubkit.db.work import UnitOfWork, Works
from sports_service.catalogue.listing import Listed, SeasonListing, list_season
from sports_service.ingest.models import Document
from sports_service.ingest.port import FixtureProvider, Parsed
from sports_service.ingest.schemas import ImportOut, ImportReport, QuarantinedOut
from sports_service.ingest.store import ImportStore

Report = Callable[[int, int, str], Awaitable[None]]
"""Told after each document: how many are done, of how many, and which it was."""


async def silence(done: int, total: int, what: str) -> None:
    """Reports to nobody."""


async def import_fixtures(
    works: Works, provider: FixtureProvider, *, now: datetime, again: bool = False, report: Report = silence
) -> ImportReport:
    """Takes in what is new. Stopped half-way, it goes on where it was: each document is one transaction.

    again: reads documents anew though they have not changed (after a fix of ours).
    Raises SourceMissing, SourceBroken, SourceEmpty, with nothing taken in.
    """
    documents = await asyncio.to_thread(provider.documents)
    async with works.reading() as work:
        taken = {} if again else await ImportStore(work).taken(provider.name)
    total = ImportReport(documents=len(documents))
    for done, document in enumerate(documents, start=1):
        if taken.get(document.name) == document.sha256:
            total = total.model_copy(update={"skipped": total.skipped + 1})
        else:
            parsed = await asyncio.to_thread(provider.parse, document, now=now)
            async with works.open() as work:
                listed = await take_document(work, provider.name, document, parsed)
            total = _plus(total, listed, len(parsed.turned_away))
        await report(done, len(documents), document.name)
    return total


async def take_document(work: UnitOfWork, provider: str, document: Document, parsed: Parsed) -> Listed:
    """A document's season, its hash and its quarantine, as one."""
    listed = Listed()
    if parsed.league is not None:
        listed = await list_season(work, SeasonListing(provider, parsed.league, parsed.label, parsed.entries))
    await ImportStore(work).take(provider, document, len(parsed.entries), parsed.turned_away)
    return listed


async def quarantined(work: UnitOfWork, after: tuple[str, int] | None, limit: int) -> list[QuarantinedOut]:
    rows = await ImportStore(work).quarantined(after, limit)
    return [
        QuarantinedOut(
            provider=row.provider, document=row.document, entry=row.entry, code=row.code, reason=row.reason,
            raw=row.raw, at=row.at,
        )
        for row in rows
    ]  # fmt: skip


async def imports(work: UnitOfWork) -> list[ImportOut]:
    return [
        ImportOut(
            provider=row.provider, document=row.document, sha256=row.sha256, taken=row.taken,
            turned_away=row.turned_away, at=row.at,
        )
        for row in await ImportStore(work).imports()
    ]  # fmt: skip


def _plus(total: ImportReport, listed: Listed, turned_away: int) -> ImportReport:
    return total.model_copy(
        update={
            "added": total.added + listed.added,
            "changed": total.changed + listed.changed,
            "same": total.same + listed.same,
            "overruled": total.overruled + listed.overruled,
            "turned_away": total.turned_away + turned_away,
        }
    )
