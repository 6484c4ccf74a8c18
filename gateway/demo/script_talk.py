"""Talking in rooms and in twos, and reading what was said."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from chat_service.messages import sending
from chat_service.messages import service as messages
from chat_service.messages.schemas import SendMessage
from chat_service.rooms import places
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.ids import RoomId
from gateway.demo.people import PEOPLE
from gateway.demo.stage import Act, Stage
from gateway.demo.talk import DIRECT, READ_UNTIL_HOURS, RECENT, ROOMS, Talk
from gateway.demo.when import When
from social_service.notifications import service as notifications


def talk(stage: Stage) -> Iterator[Act]:
    for number, each in enumerate((*ROOMS, *DIRECT)):
        at = _begins(stage.when, each)
        for place, (who, seconds, words) in enumerate(each.lines):
            at = min(at + timedelta(seconds=seconds), stage.begun - timedelta(seconds=60 - place))
            yield _say(at, each.room, who, words, f"{number}:{place}")
    for person in PEOPLE:
        hours = READ_UNTIL_HOURS.get(person.handle, 0.0)
        yield _read(stage.begun - timedelta(hours=hours), person.handle)


def reading_the_news(stage: Stage, at: datetime) -> Iterator[Act]:
    """Most have opened their notifications by then; who signs in finds only what came after."""
    for person in PEOPLE:
        if person.handle in READ_UNTIL_HOURS or stage.dice("news", person.handle).random() < 0.8:
            yield _acknowledge(at, person.handle)


def _begins(when: When, each: Talk) -> datetime:
    if each.day == RECENT:
        return when.now - timedelta(minutes=int(each.clock))
    return when.at(-when.days_ago(each.day), str(each.clock))


def _say(at: datetime, room: str, who: str, words: str, name: str) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        client_id = str(uuid5(NAMESPACE_URL, f"demo:{stage.begun}:{name}"))
        message = SendMessage(room=await _room(work, stage, room), client_id=client_id, body=words)
        await sending.send_message(work, stage.cast[who], message)

    return Act(at, do)


async def _room(work: UnitOfWork, stage: Stage, room: str) -> RoomId:
    if "+" not in room:
        return rooms.club_room_id(stage.club(room))
    one, other = (stage.cast[handle].member_id for handle in room.split("+"))
    room_id = await rooms.open_direct(work, one, other)
    await work.session.flush()
    return room_id


def _read(at: datetime, who: str) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        member_id = stage.cast[who].member_id
        mine = await rooms.rooms_of(work, member_id)
        heads = await messages.heads(work, mine)
        await places.read_up_to(work, {(room_id, member_id): head.seq for room_id, head in heads.items()})

    return Act(at, do)


def _acknowledge(at: datetime, who: str) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        await notifications.mark_seen(work, stage.cast[who].member_id)
        await notifications.mark_all_read(work, stage.cast[who].member_id)

    return Act(at, do)
