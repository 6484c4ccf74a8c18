"""Making the smaller rooms of the demo world, and talking, voting and pinning in them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from chat_service.commands import taking
from chat_service.happenings import service as happenings
from chat_service.hooks import service as hooks
from chat_service.hooks.schemas import HookPost, MakeHook
from chat_service.messages import reacting
from chat_service.messages.schemas import PinMessage, ReactTo, SendMessage, Vote
from chat_service.polls import asking
from chat_service.rooms import event_rooms, making
from chat_service.rooms import service as rooms
from chat_service.rooms.managing_schemas import MakeRoom
from clubkit.db.work import UnitOfWork
from clubkit.ids import EventId, MessageId, RoomId
from gateway.demo.more_rooms import EVENT_TALK, LOUD, MORE_ROOMS, TIPS, Line, MoreRoom
from gateway.demo.season import ONCE
from gateway.demo.stage import Act, Stage

TEAM = "first-team"


def more_rooms(stage: Stage) -> Iterator[Act]:
    for room in MORE_ROOMS:
        yield _make(stage.begun - timedelta(days=room.days), room)
        yield from _lines(stage, f"room:{room.key}", room.lines)
    yield from _lines(stage, "room:riverside-tips", (TIPS,))
    yield _open_event(stage.begun - timedelta(hours=EVENT_TALK[1][0].hours + 1))
    yield from _lines(stage, "room:event", EVENT_TALK[1])
    yield from _weather(stage)


def _make(at: datetime, room: MoreRoom) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        wish = MakeRoom(
            kind=room.kind, club_id=stage.club(room.club) if room.club else None, title=room.title, topic=room.topic,
            members=tuple(stage.cast[handle].member_id for handle in room.members),
        )  # fmt: skip
        stage.things[f"room:{room.key}"] = await making.make_room(work, stage.cast[room.owner], wish)
        await work.session.flush()

    return Act(at, do)


def _open_event(at: datetime) -> Act:
    """The talk of the one date of an event that is made once."""

    async def do(work: UnitOfWork, stage: Stage) -> None:
        once = next(each for each in ONCE if each.key == EVENT_TALK[0])
        name = next(name for name in stage.things if name.startswith(f"event:{once.key}:"))
        event_id = EventId(stage.things[name])
        if await happenings.event(work, event_id):
            stage.things["room:event"] = await event_rooms.open_room(work, stage.cast[once.host], event_id)
            await work.session.flush()

    return Act(at, do)


def _lines(stage: Stage, room: str, lines: Sequence[Line]) -> Iterator[Act]:
    for number, line in enumerate(lines):
        name, at = f"{room}:{number}", stage.begun - timedelta(hours=line.hours)
        yield _say(at, room, name, line)
        for place, (who, emoji) in enumerate(line.likes, start=1):
            yield _like(at + timedelta(seconds=70 * place), room, name, who, emoji)
        for place, (who, option) in enumerate(line.votes, start=1):
            yield _vote(at + timedelta(minutes=7 * place), room, name, who, option)
        if line.pinned_by:
            yield _pin(at + timedelta(seconds=30), room, name, line.pinned_by)


def _say(at: datetime, room: str, name: str, line: Line) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        room_id = _room(stage, room)
        if room_id is None or (line is TIPS and not await happenings.open_fixtures(work)):
            return
        send = SendMessage(room=room_id, client_id=_client_id(stage, name), body=line.words)
        stage.things[f"message:{name}"] = (await taking.send(work, stage.cast[line.who], send)).id

    return Act(at, do)


def _like(at: datetime, room: str, name: str, who: str, emoji: str) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        if (room_id := _room(stage, room)) and (target := stage.things.get(f"message:{name}")):
            client_id = _client_id(stage, f"{name}:{who}:{emoji}")
            wish = ReactTo(room=room_id, client_id=client_id, target=MessageId(target), emoji=emoji)
            await reacting.react(work, stage.cast[who], wish)

    return Act(at, do)


def _vote(at: datetime, room: str, name: str, who: str, option: int) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        if room_id := _room(stage, room):
            target, client_id = MessageId(stage.things[f"message:{name}"]), _client_id(stage, f"{name}:{who}")
            wish = Vote(room=room_id, client_id=client_id, target=target, options=(option,))
            await asking.vote(work, stage.cast[who], wish)

    return Act(at, do)


def _pin(at: datetime, room: str, name: str, who: str) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        if room_id := _room(stage, room):
            target, client_id = MessageId(stage.things[f"message:{name}"]), _client_id(stage, f"{name}:pin")
            await reacting.pin(work, stage.cast[who], PinMessage(room=room_id, client_id=client_id, target=target))

    return Act(at, do)


def _weather(stage: Stage) -> Iterator[Act]:
    name, hue, lines = LOUD
    for number, line in enumerate(lines):

        async def do(work: UnitOfWork, stage: Stage, number: int = number, line: Line = line) -> None:
            room_id = RoomId(stage.things[f"room:{TEAM}"])
            if "hook" not in stage.things:
                owner = next(room.owner for room in MORE_ROOMS if room.key == TEAM)
                made, _ = await hooks.make(work, stage.cast[owner], room_id, MakeHook(name=name, hue=hue))
                await work.session.flush()
                stage.things["hook"] = made.id
            hook = await hooks.of_id(work, room_id, stage.things["hook"])
            await hooks.post(work, hook, HookPost(text=line.words), f"demo:{number}")

        yield Act(stage.begun - timedelta(hours=line.hours), do)


def _room(stage: Stage, room: str) -> RoomId | None:
    if room == "room:riverside-tips":
        return rooms.club_room_id(stage.club("riverside"))
    return RoomId(stage.things[room]) if room in stage.things else None


def _client_id(stage: Stage, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"demo:{stage.begun}:{name}"))
