"""The rules of an event's talk: those who said yes are in it, from when the first of them opens it."""

from collections.abc import Collection, Mapping
from uuid import NAMESPACE_URL, uuid5

from chat_service.happenings import service as happenings
from chat_service.happenings.schemas import EventBrief
from chat_service.rooms import joining, noticing
from chat_service.rooms.making import put_in
from chat_service.rooms.managing_errors import Barred, EventUnknown
from chat_service.rooms.managing_store import ManagingStore
from chat_service.rooms.models import RoomRow
from chat_service.rooms.rights import role_in_club
from chat_service.rooms.store import RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import EventId, MemberId, RoomId


def event_room_id(event_id: EventId) -> RoomId:
    """Follows from the event's, so that two who open it at once open the same one."""
    return RoomId(str(uuid5(NAMESPACE_URL, f"clubholohub:event-room:{event_id}")))


async def open_room(work: UnitOfWork, caller: Caller, event_id: EventId) -> RoomId:
    """For those who said yes, and for the club's admins. Raises EventUnknown, Barred."""
    event = await happenings.event(work, event_id)
    if event is None:
        raise EventUnknown
    guests = await happenings.guests(work, event_id)
    runs = await role_in_club(work, event.club_id, caller.member_id) in ("owner", "admin")
    if caller.member_id not in guests and not runs:
        raise EventUnknown
    room_id = event_room_id(event_id)
    if await RoomStore(work).add_room(await _row(work, event, room_id)):
        await put_in(work, room_id, guests)
        await noticing.say(work, room_id, caller, "made", title=event.title)
    row = await ManagingStore(work).row(room_id, caller.member_id)
    if row and row.barred_until and row.barred_until > work.now:
        raise Barred
    await put_in(work, room_id, [caller.member_id])
    return room_id


async def answered(work: UnitOfWork, coming: Mapping[tuple[EventId, MemberId], bool]) -> None:
    """Who says yes later comes in, and who takes it back goes; nothing happens where nobody has opened the room."""
    rooms = await ManagingStore(work).of_events({event_id for event_id, _ in coming})
    for (event_id, member_id), comes in coming.items():
        if event_id not in rooms:
            continue
        room_id = RoomId(rooms[event_id].id)
        if comes and await put_in(work, room_id, [member_id]):
            await noticing.say(work, room_id, None, "joined", members=[member_id])
        elif not comes and await joining.take_out(work, [room_id], member_id):
            await noticing.say(work, room_id, None, "left", members=[member_id])


async def called_off(work: UnitOfWork, event_id: EventId) -> None:
    """The talk goes on: there is much to say when something is called off. It only says so."""
    if await ManagingStore(work).of_events([event_id]):
        await noticing.say(work, event_room_id(event_id), None, "event_cancelled", event_id=event_id)


async def moved(work: UnitOfWork, event_ids: Collection[EventId]) -> None:
    """The rooms are called as the events are."""
    rooms = await ManagingStore(work).of_events(event_ids)
    if not rooms:
        return
    for event in await happenings.events(work, list(rooms)):
        room, title = rooms[event.id], event.title[:120]
        if room.title != title:
            room.title = title
            await noticing.say(work, RoomId(room.id), None, "renamed", title=title)


async def _row(work: UnitOfWork, event: EventBrief, room_id: RoomId) -> RoomRow:
    first = next((room for room in await ManagingStore(work).of_club(event.club_id) if room.kind == "club"), None)
    return RoomRow(
        id=room_id, kind="event", club_id=event.club_id, title=event.title[:120], hue=event.hue, pair_key=None,
        created_at=work.now, event_id=event.id, blocked=first.blocked if first else "",
    )  # fmt: skip
