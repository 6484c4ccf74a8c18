"""What operators see of ingest."""

from fastapi import APIRouter, Request, Response

from clubkit.http.dependencies import CurrentAdmin, Reading
from clubkit.http.paging import CursorText, Limit, Page, cursor_key, page_of
from sports_service.ingest import service
from sports_service.ingest.schemas import ImportOut, QuarantinedOut

router = APIRouter(prefix="/admin", tags=["sports"])


@router.get("/imports")
async def list_imports(admin: CurrentAdmin, work: Reading) -> list[ImportOut]:
    """Every document that was taken in, with its hash."""
    return await service.imports(work)


@router.get("/quarantine")
async def list_quarantine(
    request: Request,
    response: Response,
    admin: CurrentAdmin,
    work: Reading,
    cursor: CursorText = None,
    limit: Limit = 50,
) -> Page[QuarantinedOut]:
    """Entries that were not believed, with the reason, by document and place."""
    key = cursor_key(request, "quarantine", cursor)
    rows = await service.quarantined(work, (str(key[0]), int(key[1])) if key else None, limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    return page_of(request, response, "quarantine", rows, (rows[-1].document, rows[-1].entry) if more else None)
