"""Pages that were looked at, in SQL."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any, cast

from sqlalchemy import CursorResult, delete, or_, select

from chat_service.previews.models import PreviewRow
from clubkit.db.upsert import upsert
from clubkit.db.work import UnitOfWork

GOOD_FOR = timedelta(days=7)
TRY_AGAIN = timedelta(hours=1)
"""A page that was not reached is left alone for so long, however often it is sent."""


class PreviewStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def fresh(self, links: Collection[str]) -> dict[str, PreviewRow]:
        """By address: those that need no new look."""
        row = PreviewRow
        good = (row.title != "") & (row.looked_at > self._now - GOOD_FOR)
        bad = (row.title == "") & (row.looked_at > self._now - TRY_AGAIN)
        query = select(row).where(row.digest.in_([digest_of(link) for link in links]), or_(good, bad))
        return {each.url: each for each in await self._session.scalars(query)}

    async def forget_old(self) -> int:
        """Those that would be looked at anew anyway; answers how many. Messages keep what they show of them."""
        row = PreviewRow
        old = or_(row.looked_at <= self._now - GOOD_FOR, (row.title == "") & (row.looked_at <= self._now - TRY_AGAIN))
        gone = await self._session.execute(delete(row).where(old))
        return cast("CursorResult[Any]", gone).rowcount

    async def put(self, rows: Sequence[dict[str, Any]]) -> None:
        await upsert(self._session, PreviewRow, rows, keys=["digest"])


def digest_of(link: str) -> str:
    return blake2b(link.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
