"""The rules of renaming rooms, of their topic, and of closing them."""

from chat_service.messages.schemas import Receipt
from chat_service.moderation import gate
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

    Raises RoomNotFound, NotYours, NotForThisKind, TitleTaken, WordsRefused.
    """
    where = await place(work, room_id, caller.member_id, lock=True)
    if where.room.kind == "direct":
        raise NotForThisKind("A talk of two has no name and no topic, and is not closed.")
    if wish.title is not None and wish.title != where.room.title:
        await _rename(work, caller, where, wish.title)
    if wish.topic is not None and wish.topic != where.room.topic:
        await _set_topic(work, caller, where, wish.topic)
    if wish.archived is not None and wish.archived != (where.room.archived_at is not None):
        await _archive(work, caller, where, wish.archived)
    await work.session.flush()
    telling.changed(work, room_id)


async def set_topic(work: UnitOfWork, caller: Caller, room_id: RoomId, topic: str, client_id: str) -> Receipt:
    """As `change_room`, for a command: its client id finds the notice again. Raises RoomNotFound, NotYours."""
    where = await place(work, room_id, caller.member_id, lock=True)
    if where.room.kind == "direct":
        raise NotForThisKind("A talk of two has no topic.")
    receipt = await _set_topic(work, caller, where, topic, client_id)
    await work.session.flush()
    telling.changed(work, room_id)
    return receipt


async def _set_topic(work: UnitOfWork, caller: Caller, where: Place, topic: str, client_id: str = "") -> Receipt:
    where.require(_may_name(where))
    gate.may_be_called(where.room.blocked, topic, "/topic")
    where.room.topic = topic
    return await noticing.say(work, where.room_id, caller, "topic", client_id=client_id, topic=topic)


async def _rename(work: UnitOfWork, caller: Caller, where: Place, title: str) -> None:
    where.require(_may_name(where))
    if where.room.kind == "club":
        raise NotForThisKind("The club's first room is called as the club is.")
    if where.club_id:
        await title_is_free(work, where.club_id, title, but=where.room.id)
    gate.may_be_called(where.room.blocked, title, "/title")
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
