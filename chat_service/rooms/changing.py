"""The rules of renaming rooms, of their topic, and of closing them."""

from chat_service.rooms import noticing, telling
from chat_service.rooms.making import title_is_free
from chat_service.rooms.managing_errors import NotForThisKind
from chat_service.rooms.managing_schemas import ChangeRoom
from chat_service.rooms.models import RoomRow
from chat_service.rooms.rights import Place, place
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import RoomId


async def change_room(work: UnitOfWork, caller: Caller, room_id: RoomId, wish: ChangeRoom) -> None:
    """Moderators change title and topic, in a group everybody; only owners close a room or open it again.

    Raises RoomNotFound, NotYours, NotForThisKind, TitleTaken.
    """
    where = await place(work, room_id, caller.member_id, lock=True)
    if where.room.kind == "direct":
        raise NotForThisKind("A talk of two has no name and no topic, and is not closed.")
    if wish.title is not None and wish.title != where.room.title:
        await _rename(work, caller, where, wish.title)
    if wish.topic is not None and wish.topic != where.room.topic:
        where.require(_may_name(where))
        where.room.topic = wish.topic
        await noticing.say(work, room_id, caller, "topic", topic=wish.topic)
    if wish.archived is not None and wish.archived != (where.room.archived_at is not None):
        await _archive(work, caller, where, wish.archived)
    await work.session.flush()
    telling.changed(work, room_id)


async def _rename(work: UnitOfWork, caller: Caller, where: Place, title: str) -> None:
    where.require(_may_name(where))
    if where.room.kind == "club":
        raise NotForThisKind("The club's first room is called as the club is.")
    if where.club_id:
        await title_is_free(work, where.club_id, title, but=where.room.id)
    earlier, where.room.title = where.room.title, title
    await noticing.say(work, where.room_id, caller, "renamed", title=title, earlier=earlier)


async def _archive(work: UnitOfWork, caller: Caller, where: Place, archived: bool) -> None:
    where.require(where.owns)
    if where.room.kind == "club":
        raise NotForThisKind("The club's first room closes with the club.")
    if not archived and where.club_id and where.room.kind != "event":
        await title_is_free(work, where.club_id, where.room.title, but=where.room.id)
    # The room says it before it falls silent, and after it speaks again.
    where.room.archived_at = work.now if archived else None
    await noticing.say(work, where.room_id, caller, "archived" if archived else "reopened")


def _may_name(where: Place) -> bool:
    return where.manages or (where.room.kind == "group" and where.mine is not None)


def close(work: UnitOfWork, room: RoomRow) -> None:
    """What the log asks for: the club or the event is no more."""
    if room.archived_at is None:
        room.archived_at = work.now
        telling.changed(work, RoomId(room.id))
