"""Who may do what in a room. A club's owners and admins keep all its rooms; what is said in a room that they are
not in stays closed to them."""

from dataclasses import dataclass

from chat_service.rooms.errors import RoomNotFound
from chat_service.rooms.managing_errors import NotYours
from chat_service.rooms.managing_store import ManagingStore
from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.schemas import RoomRole, Standing
from chat_service.rooms.service import club_room_id, standing_of
from chat_service.rooms.store import RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, RoomId

RANK: dict[RoomRole, int] = {"member": 0, "moderator": 1, "admin": 2, "owner": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """A room and what somebody is in it. `mine` None: she is not in it but keeps it for the club."""

    room: RoomRow
    mine: RoomMemberRow | None
    in_club: RoomRole | None

    @property
    def room_id(self) -> RoomId:
        return RoomId(self.room.id)

    @property
    def club_id(self) -> ClubId | None:
        return ClubId(self.room.club_id) if self.room.club_id else None

    @property
    def rank(self) -> int:
        club = RANK[self.in_club] if self.in_club in ("owner", "admin") else 0
        return max(RANK[self.mine.role] if self.mine else 0, club)

    @property
    def manages(self) -> bool:
        return self.rank >= RANK["moderator"]

    @property
    def owns(self) -> bool:
        return self.rank >= RANK["admin"]

    def require(self, allowed: bool) -> None:
        if not allowed:
            raise NotYours


async def place(work: UnitOfWork, room_id: RoomId, member_id: MemberId, *, lock: bool = False) -> Place:
    """lock: nobody else changes the room meanwhile. Raises RoomNotFound when it is neither hers nor hers to keep."""
    room = await ManagingStore(work).room(room_id, lock=lock)
    if room is None:
        raise RoomNotFound
    found = await RoomStore(work).membership(room_id, member_id)
    in_club = await role_in_club(work, ClubId(room.club_id), member_id) if room.club_id else None
    if found is None and in_club not in ("owner", "admin"):
        raise RoomNotFound
    return Place(room, found[1] if found else None, in_club)


async def standing_outside(work: UnitOfWork, room_id: RoomId) -> Standing | None:
    """A room as it is to who writes in it without being a member: a webhook."""
    room = await ManagingStore(work).room(room_id)
    return standing_of(room, RoomMemberRow(role="member", read_seq=0, silenced_until=None)) if room else None


async def role_in_club(work: UnitOfWork, club_id: ClubId, member_id: MemberId) -> RoomRole | None:
    """None: not in it, or barred from its rooms."""
    found = await RoomStore(work).membership(club_room_id(club_id), member_id)
    return found[1].role if found else None


async def rank_of(work: UnitOfWork, where: Place, member_id: MemberId) -> int:
    """How high another member stands in the room, whether she is in it or not."""
    row = await ManagingStore(work).row(where.room_id, member_id)
    in_club = await role_in_club(work, where.club_id, member_id) if where.club_id else None
    return Place(where.room, row if row and not row.gone else None, in_club).rank
