"""What other domains of chat ask of moderation."""

from chat_service.moderation.auditing import note
from chat_service.rooms import rights
from chat_service.rooms.schemas import Standing
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, MessageId, RoomId


async def may_moderate(work: UnitOfWork, standing: Standing, member_id: MemberId) -> bool:
    """Runs the room, or its club: may delete what others said, and see what was deleted."""
    if standing.role in ("owner", "admin", "moderator"):
        return True
    if standing.club_id is None or standing.kind == "club":
        return False
    return await rights.role_in_club(work, standing.club_id, member_id) in ("owner", "admin")


may_delete = may_moderate


def deleted(
    work: UnitOfWork, by: Caller, room_id: RoomId, club_id: ClubId | None, message_id: MessageId,
    author_id: MemberId | None, why: str,
) -> None:  # fmt: skip
    """For the record: a moderator deleted what somebody else said."""
    note(work, by, "deleted", room_id=room_id, club_id=club_id, why=why, member_id=author_id, message_id=message_id)
