"""What becomes of a club's rooms when somebody leaves the club, or the club is closed."""

from chat_service.rooms import changing, joining, noticing
from chat_service.rooms.managing_store import ManagingStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, RoomId


async def part(work: UnitOfWork, club_id: ClubId, member_id: MemberId) -> None:
    """Out of all rooms of the club but its first, which follows the club by itself, and its events' talks: whoever
    said yes to a public event may talk there."""
    found = await ManagingStore(work).of_club(club_id)
    rooms = [RoomId(room.id) for room in found if room.kind in ("public", "private", "team")]
    for room_id in await joining.take_out(work, rooms, member_id):
        await noticing.say(work, room_id, None, "left", members=[member_id])


async def close_all(work: UnitOfWork, club_id: ClubId) -> None:
    """What was said can still be read by those who were there."""
    for room in await ManagingStore(work).of_club(club_id):
        changing.close(work, room)
