"""What a member has begun to write: kept per room, and the same on all her devices."""

from collections.abc import Collection

from sqlalchemy import delete, select

from chat_service.messages.models import DraftRow
from chat_service.messages.schemas import DraftOut
from chat_service.rooms import service as rooms
from clubkit.db.upsert import upsert
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId
from clubkit.realtime.wire import Wire, member_channel


async def keep(work: UnitOfWork, member_id: MemberId, room_id: RoomId, body: str) -> DraftOut:
    """The newest words win; none takes the draft away. Her other devices hear of it. Raises RoomNotFound."""
    await rooms.standing(work, room_id, member_id)
    if body.strip():
        row = {"room_id": room_id, "member_id": member_id, "body": body, "at": work.now}
        await upsert(work.session, DraftRow, [row], keys=["room_id", "member_id"])
    else:
        mine = (DraftRow.room_id == room_id, DraftRow.member_id == member_id)
        await work.session.execute(delete(DraftRow).where(*mine))
    draft, wire = DraftOut(room=room_id, body=body if body.strip() else "", at=work.now), work.port(Wire)
    work.after_commit(lambda: wire.emit("room.draft", draft, to=member_channel(member_id)))
    return draft


async def of_member(work: UnitOfWork, member_id: MemberId, room_ids: Collection[RoomId]) -> dict[RoomId, str]:
    """The drafts a member has in these rooms."""
    query = select(DraftRow.room_id, DraftRow.body).where(
        DraftRow.member_id == member_id, DraftRow.room_id.in_(room_ids)
    )
    return {RoomId(room_id): body for room_id, body in await work.session.execute(query)}
