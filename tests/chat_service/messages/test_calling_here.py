"""@here calls those who are connected when it is said, and nobody later: not who comes, and not by an edit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisAway

from chat_service.messages import editing, mentions
from chat_service.messages.schemas import EditMessage
from chat_service.presence.store import PresenceStore
from clubkit.contracts.chat import MessageEdited, MessageSent
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.told import counts, facts, read


@asynccontextmanager
async def connected(chat: Any, *people: Person) -> AsyncIterator[None]:
    """With a socket each."""
    presence = chat.hub.ports[PresenceStore]
    for each in people:
        presence.arrive(each.id, frozenset({chat.room}))
    yield
    for each in people:
        presence.depart(each.id, frozenset({chat.room}))


@pytest.fixture
async def carla(chat: Any) -> Person:
    return await chat.member("Carla Diaz")  # type: ignore[no-any-return]


async def test_who_is_here_is_called_and_who_is_away_is_not(
    chat: Any, anna: Person, ben: Person, carla: Person
) -> None:
    async with connected(chat, anna, ben):
        said = await chat.say(anna, "@here who has the key?")
    async with connected(chat, carla):
        assert await counts(chat, carla) == (1, 0), "whoever comes later was not called"
    assert await counts(chat, ben) == (1, 1), "she went, and was called all the same"
    assert await counts(chat, anna) == (0, 0)
    [sent] = await facts(chat)
    assert isinstance(sent, MessageSent)
    assert (sent.notify, sent.mentions) == ((ben.id,), ())
    assert await read(chat, ben, said["seq"]) == (0, 0)


async def test_who_has_the_app_open_in_another_room_is_here_and_who_is_not_a_member_is_not(
    chat: Any, anna: Person, ben: Person
) -> None:
    stranger = await chat.hub.member("Zed")
    async with chat.hub.listening() as url, chat.hub.socket(url, ben), chat.hub.socket(url, stranger):
        await chat.say(anna, "@here")
    [sent] = await facts(chat)
    assert isinstance(sent, MessageSent)
    assert sent.notify == (ben.id,)


async def test_nobody_there_is_nobody_called(chat: Any, anna: Person, ben: Person) -> None:
    async with connected(chat, anna):
        await chat.say(anna, "@here anybody?")
    assert await counts(chat, ben) == (1, 0)
    [sent] = await facts(chat)
    assert isinstance(sent, MessageSent)
    assert sent.notify == ()


async def test_here_and_a_name_are_one_call_each_by_itself(chat: Any, anna: Person, ben: Person, carla: Person) -> None:
    async with connected(chat, ben):
        await chat.say(anna, f"@here @{ben.handle} @{carla.handle}")
    assert (await counts(chat, ben), await counts(chat, carla)) == ((1, 1), (1, 1))


async def test_an_edit_calls_nobody_by_here_who_was_not_called(
    chat: Any, anna: Person, ben: Person, carla: Person
) -> None:
    async with connected(chat, ben):
        plain = await chat.say(anna, "who has the key?")
        called = await chat.say(anna, "@here who has the kye?")
    async with connected(chat, ben, carla):
        await chat.write(anna, editing.edit_message, EditMessage, target=plain["id"], body="@here, who?")
        await chat.write(anna, editing.edit_message, EditMessage, target=called["id"], body="@here who has the key?")
    assert (await counts(chat, ben), await counts(chat, carla)) == ((2, 1), (2, 0))
    edits = [each for each in await facts(chat) if isinstance(each, MessageEdited)]
    assert [each.notify for each in edits] == [(), ()]
    messages = (await chat.read(anna, "/messages"))["messages"]
    assert [[each["kind"] for each in message["mentions"]] for message in messages] == [[], ["here"]]


async def test_an_edit_without_here_lets_go_and_a_name_in_it_stays_its_own(
    chat: Any, anna: Person, ben: Person, carla: Person
) -> None:
    async def edit(body: str) -> tuple[tuple[int, int], tuple[int, int]]:
        await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body=body)
        return await counts(chat, ben), await counts(chat, carla)

    async with connected(chat, ben):
        said = await chat.say(anna, "@here")
    assert await edit("nobody") == ((1, 0), (1, 0))
    assert await edit(f"@{carla.handle}") == ((1, 0), (1, 1))
    assert await edit("@here after all") == ((1, 1), (1, 0)), "as it called when it was said"


async def test_a_repeated_send_is_answered_the_same_whoever_is_here_by_then(
    chat: Any, anna: Person, ben: Person, carla: Person
) -> None:
    client_id = new_id()
    async with connected(chat, ben):
        first = await chat.say(anna, "@here", client_id)
    async with connected(chat, carla):
        assert await chat.say(anna, "@here", client_id) == first
    assert (await counts(chat, ben), await counts(chat, carla)) == ((1, 1), (1, 0))


async def test_of_very_many_who_are_here_everybody_is_called(
    chat: Any, anna: Person, ben: Person, carla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mentions, "MOST_HERE", 1)
    dora = await chat.member("Dora Lee")
    async with connected(chat, anna, ben):
        await chat.say(anna, "@here")
    async with connected(chat, ben, carla):
        await chat.say(anna, "@here")
    assert (await counts(chat, ben), await counts(chat, dora)) == ((2, 2), (2, 1))


async def test_where_nobody_can_tell_who_is_here_everybody_is_called(
    chat: Any, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> set[str]:
        raise RedisAway

    monkeypatch.setattr(chat.hub.ports[PresenceStore], "here", away)
    await chat.say(anna, "@here")
    assert await counts(chat, ben) == (1, 1)
