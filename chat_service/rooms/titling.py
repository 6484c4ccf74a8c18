"""What rooms are called by who is in them, and people by their names: for searching."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from chat_service.rooms.models import PersonRow, RoomRow
from chat_service.rooms.schemas import TALKS, RoomKind
from chat_service.rooms.store import RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId

MOST_PEOPLE = 50


@dataclass(frozen=True)
class RoomTitle:
    """of: in a talk, the handles of the others."""

    kind: RoomKind
    title: str
    of: tuple[str, ...] = ()


async def titles_of(work: UnitOfWork, member_id: MemberId) -> dict[RoomId, RoomTitle]:
    """Every room she is in now, and no other. Two queries."""
    store = RoomStore(work)
    mine = await store.memberships(member_id)
    others = await store.others([room.id for room, _ in mine if room.kind in TALKS], member_id)
    return {
        RoomId(room.id): RoomTitle(
            room.kind,
            room.title or ", ".join(person.name for person in others.get(room.id, ())),
            tuple(person.handle for person in others.get(room.id, ())),
        )
        for room, _ in mine
    }


async def people_called(work: UnitOfWork, name: str) -> list[MemberId]:
    """Who has this handle, or a name that begins so; the handle alone when somebody has it."""
    row = PersonRow
    begins = func.lower(row.name).startswith(name.lower(), autoescape=True)
    query = select(row.member_id, row.handle).where(or_(row.handle == name.lower(), begins))
    found = list(await work.session.execute(query.limit(MOST_PEOPLE)))
    exact = [each.member_id for each in found if each.handle == name.lower()]
    return [MemberId(member_id) for member_id in exact or (each.member_id for each in found)]


async def names_of(work: UnitOfWork, member_ids: Collection[MemberId]) -> dict[MemberId, str]:
    query = select(PersonRow.member_id, PersonRow.name).where(PersonRow.member_id.in_(member_ids))
    return {MemberId(member_id): name for member_id, name in await work.session.execute(query)}


async def room_ids_after(work: UnitOfWork, last: str, limit: int) -> list[RoomId]:
    """Of all rooms of the hub, in the order of their ids: for who makes something anew from all of them."""
    query = select(RoomRow.id).where(RoomRow.id > last).order_by(RoomRow.id).limit(limit)
    return [RoomId(room_id) for room_id in await work.session.scalars(query)]
