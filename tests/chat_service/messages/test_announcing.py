"""The facts that other services go by: what happened, and who is to be told of it."""

from typing import Any

from chat_service.messages import deleting, editing, reacting, service
from chat_service.messages.mentions import names_in
from chat_service.messages.schemas import DeleteMessage, EditMessage, ReactTo
from clubkit.contracts.chat import HistoryTruncated, MessageDeleted, MessageEdited, MessageSent, Reacted
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_talk
from tests.chat_service.told import facts


async def test_every_change_of_a_message_is_told_with_what_its_readers_need(
    chat: Any, anna: Person, ben: Person
) -> None:
    said = await chat.say(anna, "Bibs?")
    await chat.write(ben, reacting.react, ReactTo, target=said["id"], emoji="👍")
    await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body=f"Bibs, @{ben.handle}?")
    await chat.write(anna, deleting.delete_message, DeleteMessage, target=said["id"])
    sent, reacted, edited, deleted = await facts(chat)
    assert isinstance(sent, MessageSent)
    assert (sent.preview, sent.author_id, sent.notify, sent.seq) == ("Bibs?", anna.id, (), 1)
    assert isinstance(reacted, Reacted)
    assert (reacted.member_id, reacted.author_id, reacted.emoji, reacted.on) == (ben.id, anna.id, "👍", True)
    assert isinstance(edited, MessageEdited)
    assert (edited.notify, edited.preview, edited.seq) == ((ben.id,), f"Bibs, @{ben.handle}?", 1)
    assert isinstance(deleted, MessageDeleted)
    assert (deleted.by, deleted.moderated, deleted.message_id) == (anna.id, False, said["id"])


async def test_who_is_called_is_told_once_and_the_author_never(chat: Any, anna: Person, ben: Person) -> None:
    carla = await chat.member("Carla Diaz")
    await chat.say(anna, f"@{ben.handle} @{ben.handle} @{anna.handle} @room")
    [sent] = await facts(chat)
    assert isinstance(sent, MessageSent)
    assert sent.notify == tuple(sorted([ben.id, carla.id]))
    assert sent.mentions == (ben.id, anna.id)


async def test_an_edit_tells_only_who_is_called_anew(chat: Any, anna: Person, ben: Person) -> None:
    carla = await chat.member("Carla Diaz")
    await carla.http.put(f"rooms/{chat.room}/level", json={"level": "all"})
    said = await chat.say(anna, f"@{ben.handle}")
    await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body=f"@{ben.handle}, please")
    edited = (await facts(chat))[-1]
    assert isinstance(edited, MessageEdited)
    assert edited.notify == ()


async def test_the_other_side_of_a_talk_is_told_of_every_message(chat: Any, anna: Person, ben: Person) -> None:
    talk = await a_talk(anna, ben)
    await anna.http.post(f"rooms/{talk}/messages", json={"client_id": new_id(), "body": "psst"})
    [sent] = await facts(chat)
    assert isinstance(sent, MessageSent)
    assert sent.notify == (ben.id,)


async def test_a_truncation_is_told(chat: Any, anna: Person) -> None:
    await chat.say(anna, "old")
    async with chat.hub.works.open() as work:
        await service.truncate(work, chat.room, 2)
    fact = (await facts(chat))[-1]
    assert isinstance(fact, HistoryTruncated)
    assert (fact.before_seq, fact.epoch) == (2, 2)


def test_names_are_found_in_words_and_nowhere_else() -> None:
    text = "@anna, (@Ben) mail@carla.org https://x.org/@dan `@eva` ```\n@fay\n``` @anna @_x @here! @"
    assert names_in(text) == ["anna", "ben", "_x", "here"]
    assert len(names_in(" ".join(f"@a{n}" for n in range(500)))) == 50
