"""Items, memberships and places in SQL."""

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from clubkit.db.upsert import upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from recommender.catalogue.models import ItemRow, MembershipRow, PlaceRow
from recommender.catalogue.schemas import Item, ItemId, Place

ItemValues = dict[str, Any]
"""The columns of an ItemRow."""


class CatalogueStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def put_items(self, rows: Sequence[ItemValues]) -> None:
        """Newer versions win, whatever order they come in."""
        newest: dict[str, ItemValues] = {}
        for row in rows:
            if row["id"] not in newest or row["version"] >= newest[row["id"]]["version"]:
                newest[row["id"]] = row
        await upsert(self._session, ItemRow, list(newest.values()), keys=["id"], only_if_newer="version")

    async def end_items(self, item_ids: Collection[str]) -> None:
        await self._session.execute(update(ItemRow).where(ItemRow.id.in_(item_ids)).values(alive=False))

    async def put_memberships(self, rows: Sequence[dict[str, Any]]) -> None:
        newest = {(row["club_id"], row["member_id"]): row for row in sorted(rows, key=lambda row: row["version"])}
        values = list(newest.values())
        await upsert(self._session, MembershipRow, values, keys=["club_id", "member_id"], only_if_newer="version")

    async def put_places(self, places: dict[MemberId, Place | None]) -> None:
        gone = [member_id for member_id, place in places.items() if place is None]
        kept = [{"member_id": m, "lat": p.lat, "lon": p.lon} for m, p in places.items() if p]
        if gone:
            await self._session.execute(delete(PlaceRow).where(PlaceRow.member_id.in_(gone)))
        await upsert(self._session, PlaceRow, kept, keys=["member_id"])

    async def items(self) -> AsyncIterator[tuple[Item, bool]]:
        """All items, by birth, with whether they live."""
        async for row in await self._session.stream_scalars(select(ItemRow).order_by(ItemRow.created_at, ItemRow.id)):
            yield item_of(row), row.alive

    async def some(self, item_ids: Collection[str]) -> list[tuple[Item, bool]]:
        rows = await self._session.scalars(select(ItemRow).where(ItemRow.id.in_(item_ids)))
        return [(item_of(row), row.alive) for row in rows]

    async def cards(self, item_ids: Collection[str]) -> dict[str, dict[str, Any]]:
        rows = await self._session.execute(select(ItemRow.id, ItemRow.card).where(ItemRow.id.in_(item_ids)))
        return {str(row[0]): row[1] for row in rows}

    async def clubs_by_member(self) -> AsyncIterator[tuple[MemberId, ClubId]]:
        query = select(MembershipRow.member_id, MembershipRow.club_id).where(MembershipRow.gone.is_(False))
        async for row in await self._session.stream(query):
            yield MemberId(row[0]), ClubId(row[1])

    async def clubs_of(self, member_ids: Collection[str]) -> dict[MemberId, set[ClubId]]:
        query = select(MembershipRow.member_id, MembershipRow.club_id).where(
            MembershipRow.gone.is_(False), MembershipRow.member_id.in_(member_ids)
        )
        clubs: dict[MemberId, set[ClubId]] = {MemberId(member_id): set() for member_id in member_ids}
        for member_id, club_id in await self._session.execute(query):
            clubs[MemberId(member_id)].add(ClubId(club_id))
        return clubs

    async def places(self) -> AsyncIterator[tuple[MemberId, Place]]:
        async for row in await self._session.stream_scalars(select(PlaceRow)):
            yield MemberId(row.member_id), Place(row.lat, row.lon)


def item_of(row: ItemRow) -> Item:
    place = Place(row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    return Item(
        kind=row.kind, id=ItemId(row.id), club_id=ClubId(row.club_id), created_at=row.created_at,  # type: ignore[arg-type]
        starts_at=row.starts_at, place=place, title=row.title, club_name=row.club_name, text=row.text,
        visibility=row.visibility,  # type: ignore[arg-type]
    )  # fmt: skip
