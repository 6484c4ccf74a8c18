"""What there is to join, and who is in a room."""

from datetime import datetime

from chat_service.rooms import service
from chat_service.rooms.managing_errors import NotInClub
from chat_service.rooms.managing_schemas import OpenRoom, Roommate
from chat_service.rooms.managing_store import ManagingStore
from chat_service.rooms.models import PersonRow, RoomMemberRow, RoomRow
from chat_service.rooms.rights import place
from chat_service.rooms.schemas import PersonOut
from chat_service.rooms.store import RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, RoomId

MOST_LISTED = 500
MOST_EXPORTED = 10_000


async def to_join(work: UnitOfWork, member_id: MemberId, club_id: ClubId | None) -> list[OpenRoom]:
    """The public rooms of my clubs, or of one of them. Raises NotInClub."""
    store = ManagingStore(work)
    mine = await store.clubs_of(member_id)
    if club_id is not None and club_id not in mine:
        raise NotInClub
    found = await store.open_in([club_id] if club_id else list(mine), MOST_LISTED)
    sizes = await RoomStore(work).sizes([room.id for room in found])
    joined = await service.rooms_of(work, member_id)
    return [_open(room, sizes.get(room.id, 0), joined=room.id in joined) for room in found]


async def to_keep(work: UnitOfWork, member_id: MemberId, club_id: ClubId) -> list[OpenRoom]:
    """Every room of a club, for its owners and admins: what there is, not what is said. Raises NotInClub."""
    store = ManagingStore(work)
    if (await store.clubs_of(member_id)).get(club_id) not in ("owner", "admin"):
        raise NotInClub
    found = await store.of_club(club_id)
    sizes = await RoomStore(work).sizes([room.id for room in found])
    joined = await service.rooms_of(work, member_id)
    return [_open(room, sizes.get(room.id, 0), joined=room.id in joined) for room in found]


async def who_is_in(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> list[Roommate]:
    """By name, at most MOST_LISTED. Raises RoomNotFound."""
    where = await place(work, room_id, member_id)
    return [_mate(row, person) for row, person in await ManagingStore(work).people(where.room_id, MOST_LISTED)]


async def who_is_barred(work: UnitOfWork, room_id: RoomId) -> list[tuple[PersonOut, datetime]]:
    """Each with when that ends: by name, at most MOST_LISTED. Who may know it is moderation's."""
    found = await ManagingStore(work).kept_out(room_id, MOST_LISTED)
    return [(_shown(person), row.barred_until) for row, person in found if row.barred_until]


async def everybody(work: UnitOfWork, room_id: RoomId) -> list[dict[str, str]]:
    """Who is in a room, whoever asks: for an export of it."""
    found = await ManagingStore(work).people(room_id, MOST_EXPORTED)
    return [{"id": row.member_id, "name": person.name, "role": row.role} for row, person in found]


async def clubs_of(work: UnitOfWork, member_id: MemberId) -> list[ClubId]:
    return sorted(await ManagingStore(work).clubs_of(member_id))


def _mate(row: RoomMemberRow, person: PersonRow) -> Roommate:
    return Roommate(person=_shown(person), role=row.role, joined_at=row.joined_at, silenced_until=row.silenced_until)


def _shown(person: PersonRow) -> PersonOut:
    return PersonOut(
        id=MemberId(person.member_id), handle=person.handle, name=person.name, hue=person.hue,
        avatar_url=person.avatar_url,
    )  # fmt: skip


def _open(room: RoomRow, members: int, *, joined: bool) -> OpenRoom:
    return OpenRoom(
        id=RoomId(room.id), club_id=ClubId(room.club_id or ""), kind=room.kind, title=room.title, topic=room.topic,
        hue=room.hue, members=members, joined=joined, archived=room.archived_at is not None,
    )  # fmt: skip
