"""What apps hear when somebody comes into a room or goes, and what the room itself says of it."""

from chat_service.rooms.managing_schemas import RoomHint
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId
from clubkit.realtime.wire import Wire, member_channel, room_channel


def came(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> None:
    """Her open apps hear the room from now on."""
    wire = work.port(Wire)

    async def tell() -> None:
        await wire.subscribe(member_id, room_channel(room_id))
        await wire.emit("room.changed", RoomHint(room=room_id, here=True), to=member_channel(member_id))

    work.after_commit(tell)


def went(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> None:
    """Her apps hear nothing more of it, on whatever process they are."""
    wire = work.port(Wire)

    async def tell() -> None:
        await wire.unsubscribe(member_id, room_channel(room_id))
        await wire.emit("room.changed", RoomHint(room=room_id, here=False), to=member_channel(member_id))

    work.after_commit(tell)


def changed(work: UnitOfWork, room_id: RoomId) -> None:
    wire = work.port(Wire)
    work.after_commit(lambda: wire.emit("room.changed", RoomHint(room=room_id, here=True), to=room_channel(room_id)))


def tell(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> None:
    """Her own place in it is another."""
    wire = work.port(Wire)
    hint = RoomHint(room=room_id, here=True)
    work.after_commit(lambda: wire.emit("room.changed", hint, to=member_channel(member_id)))
