"""The rules of rooms: who is in, what is unread, one talk per pair."""

from collections.abc import Collection, Mapping
from uuid import NAMESPACE_URL, uuid5

from chat_service.rooms.errors import NobodyThere, RoomNotFound, TalkingToYourself
from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.schemas import Standing
from chat_service.rooms.store import RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, RoomId, new_id
from clubkit.realtime.wire import Wire, room_channel


async def standing(work: UnitOfWork, room_id: RoomId, member_id: MemberId) -> Standing:
    """The member's place in the room. Raises RoomNotFound when she has none."""
    found = await RoomStore(work).membership(room_id, member_id)
    if found is None:
        raise RoomNotFound
    return standing_of(*found)


def standing_of(room: RoomRow, mine: RoomMemberRow) -> Standing:
    return Standing(
        room_id=RoomId(room.id), kind=room.kind, club_id=ClubId(room.club_id) if room.club_id else None,
        title=room.title, read_seq=mine.read_seq, role=mine.role, archived=room.archived_at is not None,
        slow_seconds=room.slow_seconds, silenced_until=mine.silenced_until, blocked=room.blocked,
    )  # fmt: skip


async def rooms_of(work: UnitOfWork, member_id: MemberId) -> frozenset[RoomId]:
    return (await rooms_of_each(work, [member_id]))[member_id]


async def rooms_of_each(work: UnitOfWork, member_ids: Collection[MemberId]) -> Mapping[MemberId, frozenset[RoomId]]:
    """The rooms that each of these members is in."""
    return await RoomStore(work).room_ids_of_each(member_ids)


async def members_of(work: UnitOfWork, room_id: RoomId) -> list[MemberId]:
    return await RoomStore(work).members(room_id)


async def open_direct(work: UnitOfWork, asker: MemberId, other: MemberId) -> RoomId:
    """The one direct talk of two members, made when they first talk. Raises NobodyThere, TalkingToYourself."""
    if asker == other:
        raise TalkingToYourself
    store = RoomStore(work)
    if await store.person(other) is None:
        raise NobodyThere
    pair_key = ":".join(sorted((asker, other)))
    if existing := await store.room_of_pair(pair_key):
        return RoomId(existing.id)
    room_id = RoomId(new_id(work.now))
    room = RoomRow(id=room_id, kind="direct", club_id=None, title="", hue=260, pair_key=pair_key, created_at=work.now)
    await store.add_room(room)
    for member_id in (asker, other):
        await store.set_membership(room_id, member_id, role="member", gone=False, version=1, read_seq=0)
        _subscribe(work, member_id, room_id)
    return room_id


def club_room_id(club_id: ClubId) -> RoomId:
    """A club's first room has an id that follows from the club's, so that two handlers cannot make two."""
    return RoomId(str(uuid5(NAMESPACE_URL, f"clubholohub:room:{club_id}")))


async def keep_club_room(work: UnitOfWork, club_id: ClubId, title: str, hue: int) -> RoomId:
    """Makes the club's room, or gives it the club's new name and hue."""
    room_id = club_room_id(club_id)
    store = RoomStore(work)
    row = RoomRow(id=room_id, kind="club", club_id=club_id, title=title, hue=hue, pair_key=None, created_at=work.now)
    if not await store.add_room(row) and (room := await store.club_room(club_id)):
        room.title, room.hue = title, hue
    return room_id


async def set_standing(
    work: UnitOfWork, room_id: RoomId, member_id: MemberId, *, role: str | None, version: int, head: int
) -> None:
    """Puts a member in a room or takes her out. She starts with everything before her as read."""
    await RoomStore(work).set_membership(
        room_id, member_id, role=role or "member", gone=role is None, version=version, read_seq=head
    )
    if await RoomStore(work).membership(room_id, member_id) is None:  # gone, or barred whatever her role
        _unsubscribe(work, member_id, room_id)
    else:
        _subscribe(work, member_id, room_id)


def _subscribe(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> None:
    wire = work.port(Wire)
    work.after_commit(lambda: wire.subscribe(member_id, room_channel(room_id)))


def _unsubscribe(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> None:
    wire = work.port(Wire)
    work.after_commit(lambda: wire.unsubscribe(member_id, room_channel(room_id)))
