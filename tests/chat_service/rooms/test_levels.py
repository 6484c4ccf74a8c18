"""Who is told of a message, by level, name and quiet."""

from datetime import timedelta
from typing import Any

import pytest

from chat_service.rooms import levels
from clubkit.ids import RoomId
from clubkit.testing.hub import Person
from tests.chat_service.places import a_room


async def told(chat: Any, room: str, everybody: list[Person], named: list[Person]) -> set[str]:
    async with chat.hub.works.reading() as work:
        ids, mentioned = [each.id for each in everybody], [each.id for each in named]
        found = await levels.to_tell(work, RoomId(room), ids, mentioned)
    return {each.name for each in everybody if each.id in found}


@pytest.mark.parametrize(
    ("level", "plain", "named"),
    [("all", True, True), ("mentions", False, True), ("none", False, False), (None, False, True)],
)
async def test_by_level(chat: Any, anna: Person, ben: Person, level: str | None, plain: bool, named: bool) -> None:
    room = await a_room(chat, anna, ben)
    await ben.http.put(f"rooms/{room}/level", json={"level": level})
    assert ("Ben Okafor" in await told(chat, room, [ben], [])) is plain
    assert ("Ben Okafor" in await told(chat, room, [ben], [ben])) is named


async def test_a_group_tells_everything_unless_one_says_otherwise(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben, kind="group")
    assert await told(chat, room, [anna, ben], []) == {"Anna Berg", "Ben Okafor"}


async def test_quiet_goes_over_every_level_and_ends(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben, kind="group")
    await ben.http.put(f"rooms/{room}/level", json={"level": "all", "quiet_minutes": 5})
    assert await told(chat, room, [ben], [ben]) == set()
    chat.hub.clock.advance(timedelta(minutes=6))
    assert await told(chat, room, [ben], [ben]) == {"Ben Okafor"}


async def test_nobody_outside_the_room_is_told(chat: Any, anna: Person, ben: Person) -> None:
    cleo = await chat.member("Cleo Ng")
    room = await a_room(chat, anna, cleo, kind="group")
    await cleo.http.post(f"rooms/{room}/leave")
    assert await told(chat, room, [ben, cleo], [ben, cleo]) == set()


async def test_who_wants_all_is_found_without_being_named(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await ben.http.put(f"rooms/{room}/level", json={"level": "all"})
    async with chat.hub.works.reading() as work:
        assert await levels.who_wants_all(work, RoomId(room), "public") == [ben.id]


async def test_who_is_named_is_told_however_many_want_everything(
    chat: Any, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(levels, "MOST_TOLD", 1)
    room = await a_room(chat, anna, ben, kind="group")
    assert await told(chat, room, [anna, ben], [anna, ben]) == {"Anna Berg", "Ben Okafor"}
    for named, other in ((anna, ben), (ben, anna)):
        assert await told(chat, room, [named, other], [named]) == {"Anna Berg", "Ben Okafor"}
    assert len(await told(chat, room, [anna, ben], [])) == 1


@pytest.mark.parametrize(("level", "is_called"), [("all", True), ("mentions", True), ("none", False), (None, True)])
async def test_a_call_to_all_is_told_by_level(
    chat: Any, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch, level: str | None, is_called: bool
) -> None:
    room = RoomId(await a_room(chat, anna, ben))
    await ben.http.put(f"rooms/{room}/level", json={"level": level})
    async with chat.hub.works.reading() as work:
        assert (ben.id in await levels.called(work, room, room)) is is_called
        monkeypatch.setattr(levels, "MOST_CALLED", 1)
        assert len(await levels.called(work, room, room)) == 1


async def test_of_a_team_those_are_called_who_are_in_the_room(chat: Any, anna: Person, ben: Person) -> None:
    cleo = await chat.member("Cleo Ng")
    team = RoomId(await a_room(chat, anna, ben, cleo, title="First team"))
    room = RoomId(await a_room(chat, anna, ben))
    async with chat.hub.works.reading() as work:
        assert set(await levels.called(work, room, team)) == {anna.id, ben.id}
    await ben.http.post(f"rooms/{team}/leave")
    async with chat.hub.works.reading() as work:
        assert await levels.called(work, room, team) == [anna.id]
