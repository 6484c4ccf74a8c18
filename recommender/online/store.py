"""Windows in SQL, and the Protocol of where embeddings and rankings are kept for a while."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import select

from clubkit.contracts.features import MemberWindowChanged
from clubkit.contracts.ranking import RankedKind, Ranking
from clubkit.db.upsert import upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RankId
from recommender.catalogue.schemas import Floats
from recommender.online.models import WindowRow

Entry = tuple[str, str, str, float, float, str | None]
"""kind, item id, action, weight, at (seconds, UTC), club id."""
Window = tuple[Entry, ...]


class OnlineStore(Protocol):
    """Short-lived: lost, it fills itself again."""

    async def put_embeddings(self, version: str, vectors: Mapping[tuple[MemberId, RankedKind], Floats]) -> None: ...

    async def embedding(self, member_id: MemberId, kind: RankedKind) -> tuple[str, Floats] | None:
        """(model version, vector)."""
        ...

    async def remember(self, member_id: MemberId, ranking: Ranking) -> None:
        """Keeps what was shown, for as long as an answer to it may come."""
        ...

    async def shown(self, rank_id: RankId) -> Ranking | None: ...


class WindowStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def put(self, facts: Sequence[MemberWindowChanged]) -> dict[MemberId, Window]:
        """Keeps the newest window of each member; answers those windows."""
        newest = {fact.member_id: fact for fact in facts}
        windows = {member_id: entries_of(fact) for member_id, fact in newest.items()}
        rows: list[dict[str, Any]] = [
            {"member_id": member_id, "window": [list(entry) for entry in windows[member_id]], "at": fact.at}
            for member_id, fact in newest.items()
        ]
        await upsert(self._session, WindowRow, rows, keys=["member_id"])
        return windows

    async def all(self) -> AsyncIterator[tuple[MemberId, Window]]:
        async for member_id, window in await self._session.stream(select(WindowRow.member_id, WindowRow.window)):
            yield MemberId(member_id), tuple(tuple(entry) for entry in window)


def entries_of(fact: MemberWindowChanged) -> Window:
    return tuple((r.kind, r.item_id, r.action, r.weight, r.at.timestamp(), r.club_id) for r in fact.window)
